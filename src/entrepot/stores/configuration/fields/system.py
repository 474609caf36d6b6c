"""Cron, mail, currencies, backups, bulk actions, page cache, media storage."""

from entrepot.stores.configuration.checks import EMAIL, digits, number
from entrepot.stores.configuration.declare import DWS, D, group, multiselect, section, select, special, text, yes_no
from entrepot.stores.configuration.model import OptionSource
from entrepot.stores.configuration.options import FREQUENCIES, choices

RETURN_PATHS = choices({"1": "Yes", "0": "No", "2": "Specified"})
UPDATE_FREQUENCIES = choices({"1": "1 Hour", "2": "2 Hours", "6": "6 Hours", "12": "12 Hours", "24": "24 Hours"})
CACHES = choices({"1": "Built-in Cache", "2": "Varnish Cache (Recommended)"})
MEDIA_STORAGES = choices({"0": "File System", "1": "Database"})

INSTALLED_CURRENCIES = (
    "AZN,AZM,AFN,ALL,DZD,AOA,ARS,AMD,AWG,AUD,BSD,BHD,BDT,BBD,BYR,BZD,BMD,BTN,BOB,BAM,BWP,BRL,GBP,BND,BGN,BUK,BIF,"
    "KHR,CAD,CVE,CZK,KYD,CLP,CNY,COP,KMF,CDF,CRC,HRK,CUP,DKK,DJF,DOP,XCD,EGP,SVC,GQE,ERN,EEK,ETB,EUR,FKP,FJD,GMD,"
    "GEK,GEL,GHS,GIP,GTQ,GNF,GYD,HTG,HNL,HKD,HUF,ISK,INR,IDR,IRR,IQD,ILS,JMD,JPY,JOD,KZT,KES,KWD,KGS,LAK,LVL,LBP,"
    "LSL,LRD,LYD,LTL,MOP,MKD,MGA,MWK,MYR,MVR,LSM,MRO,MUR,MXN,MDL,MNT,MAD,MZN,MMK,NAD,NPR,ANG,TRL,TRY,NZD,NIC,NGN,"
    "KPW,NOK,OMR,PKR,PAB,PGK,PYG,PEN,PHP,PLN,QAR,RHD,RON,ROL,RUB,RWF,SHP,STD,SAR,RSD,SCR,SLL,SGD,SKK,SBD,SOS,ZAR,"
    "KRW,LKR,SDG,SRD,SZL,SEK,CHF,SYP,TWD,TJS,TZS,THB,TOP,TTD,TND,TMM,USD,UGX,UAH,AED,UYU,UZS,VUV,VEB,VEF,VND,CHE,"
    "CHW,XOF,XPF,WST,YER,ZMK,ZWD"
)

SECTION = section(
    "system",
    "System",
    group(
        "cron/template",
        "Cron (Scheduled Tasks) / Cron configuration options for group:",
        text("schedule_generate_every", "Generate Schedules Every", D),
        text("schedule_ahead_for", "Schedule Ahead for", D),
        text("schedule_lifetime", "Missed if Not Run Within", D),
        text("history_cleanup_every", "History Cleanup Every", D),
        text("history_success_lifetime", "Success History Lifetime", D),
        text("history_failure_lifetime", "Failure History Lifetime", D),
        yes_no("use_separate_process", "Use Separate Process", D),
    ),
    group(
        "mysqlmq",
        "MySQL Message Queue Cleanup",
        text("successful_messages_lifetime", "Successful Messages Lifetime", D, "10080"),
        text("retry_inprogress_after", "Retry Messages In Progress After", D, "1440"),
        text("failed_messages_lifetime", "Failed Messages Lifetime", D, "10080"),
        text("new_messages_lifetime", "New Messages Lifetime", D, "10080"),
    ),
    group(
        "smtp",
        "Mail Sending Settings",
        yes_no("disable", "Disable Email Communications", DWS, "0"),
        text("host", "Host", DWS, "localhost"),
        text("port", "Port (25)", DWS, "25"),
        select("set_return_path", "Set Return-Path", DWS, RETURN_PATHS),
        text("return_path_email", "Return-Path Email", DWS, check=EMAIL, depends={"set_return_path": "2"}),
    ),
    group(
        "currency",
        "Currency",
        multiselect(
            "installed", "Installed Currencies", D, OptionSource.ALL_CURRENCIES, INSTALLED_CURRENCIES, can_be_empty=True
        ),
    ),
    group(
        "adminnotification",
        "Notifications",
        yes_no("use_https", "Use HTTPS to Get Feed", D, "1"),
        select("frequency", "Update Frequency", D, UPDATE_FREQUENCIES, "1"),
        special("label", "last_update", "Last Update", D, "0"),
    ),
    group(
        "backup",
        "Backup Settings",
        yes_no("functionality_enabled", "Enable Backup", D, "0"),
        yes_no("enabled", "Enable Scheduled Backup", D, depends={"functionality_enabled": "1"}),
        select(
            "type",
            "Scheduled Backup Type",
            D,
            OptionSource.BACKUP_TYPES,
            depends={"enabled": "1", "functionality_enabled": "1"},
        ),
        special("time", "time", "Start Time", D, depends={"enabled": "1", "functionality_enabled": "1"}),
        select("frequency", "Frequency", D, FREQUENCIES, depends={"enabled": "1", "functionality_enabled": "1"}),
        yes_no("maintenance", "Maintenance Mode", D, depends={"enabled": "1", "functionality_enabled": "1"}),
    ),
    group(
        "bulk",
        "Bulk Actions",
        text("lifetime", "Days Saved in Log", D, "60"),
    ),
    group(
        "full_page_cache",
        "Full Page Cache",
        select("caching_application", "Caching Application", D, CACHES, "1"),
        text("ttl", "TTL for public content", D, "86400"),
    ),
    group(
        "full_page_cache/varnish",
        "Full Page Cache / Varnish Configuration",
        text("access_list", "Access list", D),
        text("backend_host", "Backend host", D),
        text("backend_port", "Backend port", D),
        text("grace_period", "Grace period", D),
    ),
    group(
        "media_storage_configuration",
        "Storage Configuration for Media",
        select("media_storage", "Media Storage", D, MEDIA_STORAGES, "0"),
        select(
            "media_database",
            "Select Media Database",
            D,
            OptionSource.DATABASE_CONNECTIONS,
            "default_setup",
            depends={"media_storage": "1"},
        ),
        text("configuration_update_time", "Environment Update Time", D, "3600"),
    ),
    group(
        "upload_configuration",
        "Images Upload Configuration",
        text("jpeg_quality", "Quality", D, "80", check=digits(1, 100, required=True)),
        yes_no("enable_resize", "Enable Frontend Resize", D, "1"),
        text(
            "max_width",
            "Maximum Width",
            D,
            "1920",
            check=number(above="0", required=True),
            depends={"enable_resize": "1"},
        ),
        text(
            "max_height",
            "Maximum Height",
            D,
            "1200",
            check=number(above="0", required=True),
            depends={"enable_resize": "1"},
        ),
    ),
    tab="advanced",
    resource="Magento_Config::config_system",
    sort_order=900,
)
