"""Import and export, integrations, tools, users and roles."""

from entrepot.access.resource import Resource

SYSTEM = Resource(
    "Magento_Backend::system",
    "System",
    90,
    children=(
        Resource(
            "Magento_Backend::convert",
            "Data Transfer",
            10,
            children=(
                Resource("Magento_ImportExport::import", "Import", 10),
                Resource("Magento_ImportExport::export", "Export", 20),
                Resource("Magento_TaxImportExport::import_export", "Import/Export Tax Rates", 30),
                Resource("Magento_UrlRewriteImportExport::import_export", "Import/Export URL rewrites", 30),
                Resource("Magento_ImportExport::history", "Import History", 40),
            ),
        ),
        Resource(
            "Magento_Backend::extensions",
            "Magento Connect",
            20,
            children=(
                Resource("Magento_Backend::local", "Connect Manager", 10),
                Resource("Magento_Backend::custom", "Package Extensions", 20),
            ),
        ),
        Resource(
            "Magento_Integration::extensions",
            "System Extensions",
            30,
            children=(
                Resource("Magento_Integration::integrations", "System Integrations", 40),
                # Our own.
                Resource("Entrepot_Webhooks::webhooks", "Webhooks", 50),
                Resource("Entrepot_Webhooks::events", "Event Stream", 60),
            ),
        ),
        Resource(
            "Magento_Backend::tools",
            "Tools",
            50,
            children=(
                Resource(
                    "Magento_Backend::cache",
                    "Cache Management",
                    10,
                    children=(
                        Resource(
                            "Magento_Backend::main_actions",
                            "Clean Cache Actions",
                            10,
                            children=(
                                Resource("Magento_Backend::flush_cache_storage", "Flush Cache Storage", 10),
                                Resource("Magento_Backend::flush_magento_cache", "Flush Magento Cache", 20),
                            ),
                        ),
                        Resource(
                            "Magento_Backend::mass_actions",
                            "Cache Types Management",
                            20,
                            children=(
                                Resource("Magento_Backend::toggling_cache_type", "Toggle Cache Type", 10),
                                Resource("Magento_Backend::refresh_cache_type", "Refresh Cache Type", 20),
                            ),
                        ),
                        Resource(
                            "Magento_Backend::additional_cache_management",
                            "Additional Cache Management",
                            30,
                            children=(
                                Resource("Magento_Backend::flush_catalog_images", "Catalog Images Cache", 10),
                                Resource("Magento_Backend::flush_js_css", "Flush Js/Css", 20),
                                Resource("Magento_Backend::flush_static_files", "Flush Static Files", 30),
                            ),
                        ),
                    ),
                ),
                Resource("Magento_Backend::setup_wizard", "Web Setup Wizard", 20),
                Resource(
                    "Magento_Backup::backup",
                    "Backups",
                    30,
                    children=(Resource("Magento_Backup::rollback", "Rollback", 0),),
                ),
                Resource("Magento_Indexer::index", "Index Management", 30),
                Resource("Magento_Indexer::changeMode", "Change indexer mode", 40),
            ),
        ),
        Resource(
            "Magento_User::acl",
            "Permissions",
            60,
            children=(
                Resource("Magento_User::acl_users", "All Users", 10),
                Resource("Magento_User::locks", "Locked Users", 20),
                Resource("Magento_User::acl_roles", "User Roles", 30),
            ),
        ),
        Resource(
            "Magento_Logging::magento_logging",
            "Action Log",
            70,
            children=(
                Resource("Magento_Logging::magento_logging_events", "Report", 10),
                Resource("Magento_Logging::system_magento_logging_bulk_operations", "Bulk Actions", 15),
            ),
        ),
        Resource(
            "Magento_Backend::system_other_settings",
            "Other Settings",
            80,
            children=(
                Resource(
                    "Magento_AdminNotification::adminnotification",
                    "Notifications",
                    10,
                    children=(
                        Resource("Magento_AdminNotification::show_toolbar", "Show Toolbar", 10),
                        Resource("Magento_AdminNotification::show_list", "Show List", 20),
                        Resource("Magento_AdminNotification::mark_as_read", "Mark as Read", 30),
                        Resource("Magento_AdminNotification::adminnotification_remove", "Remove", 40),
                    ),
                ),
                Resource("Magento_Variable::variable", "Custom Variables", 20),
                Resource("Magento_EncryptionKey::crypt_key", "Manage Encryption Key", 30),
            ),
        ),
    ),
)
