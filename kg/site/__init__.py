"""The graph as a site: a pure renderer of pages, for a server and for static files.

``kg.site.model`` has the values (``Site``, ``Page``), ``kg.site.pages`` the two functions that a
server needs (``render``, ``paths``), ``kg.site.formats`` what it negotiates.
"""
