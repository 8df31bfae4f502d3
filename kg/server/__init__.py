"""``kg serve``: pages, SPARQL, an API of the named questions and reconciliation over HTTP.

Whatever strangers may make expensive (``kg.server.jobs``) runs in processes that can be killed
(``kg.server.worker``, asked by ``kg.server.pool``, shared out by ``kg.server.turns``); all else is
``kg.server.app``.
"""
