"""Addresses for whoever looks after an installation."""

from django.urls import path

from leesbouw.ui.pages import exportable

from . import views

app_name = "privacy"
urlpatterns = [
    *exportable("beheer/logboek/", views.AuditTrail, "audit-trail"),
    path("beheer/status/", views.Status.as_view(), name="status"),
    path("beheer/post/", views.Outbox.as_view(), name="outbox"),
    path("beheer/post/<int:pk>/", views.Message.as_view(), name="message"),
    path("beheer/gegevens/", views.Register.as_view(), name="register"),
]
