"""Every address, room by room."""

from django.urls import include, path

# Found in this order: what is asked most, such as a desk with a class before it, stands high.
urlpatterns = [
    path("", include("leesbouw.dashboards.urls")),
    path("", include("leesbouw.accounts.urls")),
    path("", include("leesbouw.organisations.urls")),
    path("", include("leesbouw.lending.urls")),
    path("", include("leesbouw.agreements.urls")),
    path("", include("leesbouw.people.urls")),
    path("", include("leesbouw.pupils.urls")),
    path("", include("leesbouw.plans.urls")),
    path("", include("leesbouw.collection.urls")),
    path("", include("leesbouw.activities.urls")),
    path("", include("leesbouw.monitor.urls")),
    path("", include("leesbouw.network.urls")),
    path("", include("leesbouw.parents.urls")),
    path("", include("leesbouw.shelf.urls")),
    path("", include("leesbouw.exchange.urls")),
    path("", include("leesbouw.privacy.urls")),
    path("", include("leesbouw.ui.urls")),
]

handler403 = "leesbouw.ui.errors.not_allowed"
handler500 = "leesbouw.ui.errors.broken"
