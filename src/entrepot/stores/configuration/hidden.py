"""Paths that have a default but no field in the Admin, and the rows that a new installation is given."""

ROBOTS_TXT = """\
User-agent: *
Disallow: /index.php/
Disallow: /*?
Disallow: /checkout/
Disallow: /app/
Disallow: /lib/
Disallow: /*.php$
Disallow: /pkginfo/
Disallow: /report/
Disallow: /var/
Disallow: /catalog/
Disallow: /customer/
Disallow: /sendfriend/
Disallow: /review/
Disallow: /*SID="""

# The storefront's copyright line, `design/footer/copyright`, has no default: whose it is, the shop says.
HIDDEN: dict[str, str] = {
    "admin/captcha/always_for/backend_forgotpassword": "1",
    "admin/captcha/failed_attempts_ip": "1000",
    "admin/captcha/shown_to_logged_in_user": "",
    "admin/captcha/type": "default",
    "admin/emails/new_user_notification_template": "admin_emails_new_user_notification_template",
    "captcha/backend/areas/backend_forgotpassword/label": "Admin Forgot Password",
    "captcha/backend/areas/backend_login/label": "Admin Login",
    "captcha/frontend/areas/contact_us/label": "Contact Us",
    "captcha/frontend/areas/product_sendtofriend_form/label": "Send To Friend Form",
    "captcha/frontend/areas/sales_rule_coupon_request/label": "Applying coupon code",
    "captcha/frontend/areas/share_wishlist_form/label": "Share Wishlist Form",
    "captcha/frontend/areas/user_create/label": "Create user",
    "captcha/frontend/areas/user_edit/label": "Change password",
    "captcha/frontend/areas/user_forgotpassword/label": "Forgot password",
    "captcha/frontend/areas/user_login/label": "Login",
    "carriers/freeshipping/cutoff_cost": "50",
    "catalog/custom_options/forbidden_extensions": "php,exe",
    "catalog/frontend/parse_url_directives": "1",
    "catalog/product/default_tax_group": "2",
    "catalog/product/flat/max_index_count": "64",
    "cataloginventory/inventory_source_carriers/use_enabled_carriers": "1",
    "cms/wysiwyg/editor_version": "mage/adminhtml/wysiwyg/tiny_mce/tinymce4Adapter",
    "customer/captcha/always_for/contact_us": "1",
    "customer/captcha/always_for/user_create": "1",
    "customer/captcha/always_for/user_forgotpassword": "1",
    "customer/captcha/failed_attempts_ip": "1000",
    "customer/captcha/shown_to_logged_in_user/contact_us": "1",
    "customer/captcha/shown_to_logged_in_user/product_sendtofriend_form": "1",
    "customer/captcha/shown_to_logged_in_user/sales_rule_coupon_request": "1",
    "customer/captcha/shown_to_logged_in_user/share_wishlist_form": "1",
    "customer/captcha/shown_to_logged_in_user/user_edit": "1",
    "customer/captcha/type": "default",
    "customer/default/group": "1",
    "dashboard/use_aggregated_data": "0",
    "design/email/footer_template": "design_email_footer_template",
    "design/email/header_template": "design_email_header_template",
    "design/footer/report_bugs": "1",
    "design/head/default_charset": "utf-8",
    "design/head/default_media_type": "text/html",
    "design/head/default_title": "Magento Commerce",
    "design/head/demonotice": "0",
    "design/header/welcome": "Default welcome msg!",
    "design/invalid_caches/block_html": "",
    "design/invalid_caches/full_page": "",
    "design/invalid_caches/layout": "",
    "design/invalid_caches/translate": "",
    "design/pagination/list_allow_all": "1",
    "design/pagination/pagination_frame": "5",
    "design/search_engine_robots/default_custom_instructions": ROBOTS_TXT,
    "design/search_engine_robots/default_robots": "INDEX,FOLLOW",
    "design/watermark/image_position": "stretch",
    "design/watermark/small_image_position": "stretch",
    "design/watermark/swatch_image_position": "stretch",
    "design/watermark/thumbnail_position": "stretch",
    "dev/debug/profiler": "0",
    "dev/image/adapters/GD2/title": "PHP GD2",
    "dev/image/adapters/IMAGEMAGICK/title": "ImageMagick",
    "dev/translate_inline/invalid_caches/block_html": "",
    "export": "",
    "export/customer_page_size/address": "5000",
    "export/customer_page_size/customer": "10000",
    "general/locale/date_format_long": "%A, %B %e %Y",
    "general/locale/date_format_medium": "%a, %b %e %Y",
    "general/locale/date_format_short": "%m/%d/%y",
    "general/locale/datetime_format_long": "%A, %B %e %Y [%I:%M %p]",
    "general/locale/datetime_format_medium": "%a, %b %e %Y [%I:%M %p]",
    "general/locale/datetime_format_short": "%m/%d/%y [%I:%M %p]",
    "general/locale/language": "en",
    "import/format_v1/page_size": "5000",
    "import/format_v2/bunch_size": "100",
    "import/format_v2/page_size": "10000",
    "newsletter/sending/set_return_path": "0",
    "payment/banktransfer/group": "offline",
    "payment/cashondelivery/group": "offline",
    "payment/checkmo/group": "offline",
    "payment/free/group": "offline",
    "payment/purchaseorder/group": "offline",
    "payment/substitution/active": "0",
    "payment/substitution/allowspecific": "0",
    "payment/vault/debug": "1",
    "sales/gift_messages/allow_items": "0",
    "sales/gift_messages/allow_order": "0",
    "sales/orders/items_per_page": "20",
    "sales/totals_sort/weee_tax": "35",
    "sitemap/file/valid_paths/available/any_path": "/*/*.xml",
    "system/adminnotification/feed_url": "notifications.magentocommerce.com/magento2/community/notifications.rss",
    "system/adminnotification/popup_url": "widgets.magentocommerce.com/notificationPopup",
    "system/adminnotification/severity_icons_url": "widgets.magentocommerce.com/%s/%s.gif",
    "system/dashboard/enable_charts": "1",
    "system/emails/forgot_email_identity": "general",
    "system/emails/forgot_email_template": "system_emails_forgot_email_template",
    "system/full_page_cache/default/access_list": "localhost",
    "system/full_page_cache/default/backend_host": "localhost",
    "system/full_page_cache/default/backend_port": "8080",
    "system/full_page_cache/default/grace_period": "300",
    "system/full_page_cache/default/ttl": "86400",
    "tax/cart_display/discount": "1",
    "tax/notification/info_url": "https://docs.magento.com/m2/ce/user_guide/tax/warning-messages.html",
    "tax/sales_display/discount": "1",
    "web/cookie/cookie_restriction_lifetime": "31536000",
    "web/secure/base_web_url": "{{secure_base_url}}",
    "web/session/use_frontend_sid": "0",
    "web/unsecure/base_web_url": "{{unsecure_base_url}}",
}

# Written in the default scope by setup, beside what the installer asks for (spec 10-platform, 2).
INSTALLED: dict[str, str] = {
    "general/region/display_all": "1",
    "general/region/state_required": "AU,BR,CA,CH,EE,ES,HR,IN,LT,LV,MX,RO,US",
}
