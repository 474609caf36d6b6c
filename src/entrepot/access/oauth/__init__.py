"""OAuth 1.0a as integrations use it: signed calls, and the exchange of keys.

`parameters` reads what was sent, `signature` signs it, `checks` refuses what is wrong in the order that clients see;
`callers` identifies who calls the REST API, `handshake` answers at `/oauth/token/...`, and `delivery` posts the
credentials that begin an exchange. Source: RFC 5849; spec 00-webapi, 10.
"""
