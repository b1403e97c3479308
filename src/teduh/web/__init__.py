"""The look of every page: layouts, components, tokens, middleware, the way out.

Nothing here knows what a report is; a room above extends `web/public.html` or `web/staff.html`.
"""
