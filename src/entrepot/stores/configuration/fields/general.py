"""Countries, regions, locale, and who the shop is."""

from entrepot.stores.configuration.declare import DW, DWS, D, group, multiselect, section, select, special, text, yes_no
from entrepot.stores.configuration.model import OptionSource
from entrepot.stores.configuration.options import WEEKDAYS, choices

WEIGHT_UNITS = choices({"lbs": "lbs", "kgs": "kgs"})

ALLOWED_COUNTRIES = (
    "AF,AL,DZ,AS,AD,AO,AI,AQ,AG,AR,AM,AW,AU,AT,AX,AZ,BS,BH,BD,BB,BY,BE,BZ,BJ,BM,BL,BT,BO,BA,BW,BV,BR,IO,VG,BN,BG,"
    "BF,BI,KH,CM,CA,CD,CV,KY,CF,TD,CL,CN,CX,CC,CO,KM,CG,CK,CR,HR,CU,CY,CZ,DK,DJ,DM,DO,EC,EG,SV,GQ,ER,EE,ET,FK,FO,"
    "FJ,FI,FR,GF,PF,TF,GA,GM,GE,DE,GG,GH,GI,GR,GL,GD,GP,GU,GT,GN,GW,GY,HT,HM,HN,HK,HU,IS,IM,IN,ID,IR,IQ,IE,IL,IT,"
    "CI,JE,JM,JP,JO,KZ,KE,KI,KW,KG,LA,LV,LB,LS,LR,LY,LI,LT,LU,ME,MF,MO,MK,MG,MW,MY,MV,ML,MT,MH,MQ,MR,MU,YT,FX,MX,"
    "FM,MD,MC,MN,MS,MA,MZ,MM,NA,NR,NP,NL,AN,NC,NZ,NI,NE,NG,NU,NF,KP,MP,NO,OM,PK,PW,PA,PG,PY,PE,PH,PN,PL,PS,PT,PR,"
    "QA,RE,RO,RS,RU,RW,SH,KN,LC,PM,VC,WS,SM,ST,SA,SN,SC,SL,SG,SK,SI,SB,SO,ZA,GS,KR,ES,LK,SD,SR,SJ,SZ,SE,CH,SY,TL,"
    "TW,TJ,TZ,TH,TG,TK,TO,TT,TN,TR,TM,TC,TV,VI,UG,UA,AE,GB,US,UM,UY,UZ,VU,VA,VE,VN,WF,EH,YE,ZM,ZW"
)

SECTION = section(
    "general",
    "General",
    group(
        "country",
        "Country Options",
        select("default", "Default Country", DWS, OptionSource.COUNTRIES, "US"),
        multiselect("allow", "Allow Countries", DW, OptionSource.COUNTRIES, ALLOWED_COUNTRIES, can_be_empty=True),
        multiselect(
            "optional_zip_countries",
            "Zip/Postal Code is Optional for",
            D,
            OptionSource.COUNTRIES,
            "HK,IE,MO,PA,GB",
            can_be_empty=True,
        ),
        multiselect(
            "eu_countries",
            "European Union Countries",
            D,
            OptionSource.COUNTRIES,
            "AT,BE,BG,CY,CZ,DK,EE,FI,FR,DE,GR,HR,HU,IE,IT,LV,LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE,GB",
        ),
        multiselect("destinations", "Top destinations", DWS, OptionSource.COUNTRIES, can_be_empty=True),
    ),
    group(
        "region",
        "State Options",
        multiselect("state_required", "State is Required for", D, OptionSource.COUNTRIES, can_be_empty=True),
        yes_no("display_all", "Allow to Choose State if It is Optional for Country", D),
    ),
    group(
        "locale",
        "Locale Options",
        select("timezone", "Timezone", DW, OptionSource.TIME_ZONES, "America/Los_Angeles"),
        select("code", "Locale", DWS, OptionSource.LOCALES, "en_US"),
        select("weight_unit", "Weight Unit", DWS, WEIGHT_UNITS, "lbs"),
        select("firstday", "First Day of Week", DWS, WEEKDAYS, "0"),
        multiselect("weekend", "Weekend Days", DWS, WEEKDAYS, "0,6", can_be_empty=True),
    ),
    group(
        "store_information",
        "Store Information",
        text("name", "Store Name", DWS),
        text("phone", "Store Phone Number", DWS),
        text("hours", "Store Hours of Operation", DWS),
        select("country_id", "Country", DW, OptionSource.COUNTRIES, can_be_empty=True),
        text("region_id", "Region/State", DW),
        text("postcode", "ZIP/Postal Code", DW),
        text("city", "City", DW),
        text("street_line1", "Street Address", DW),
        text("street_line2", "Street Address Line 2", DW),
        text("merchant_vat_number", "VAT Number", DW, can_be_empty=True),
        special("button", "validate_vat_number", "", DW),
    ),
    group(
        "single_store_mode",
        "Single-Store Mode",
        yes_no("enabled", "Enable Single-Store Mode", D, "0"),
    ),
    tab="general",
    resource="Magento_Config::config_general",
    sort_order=10,
)
