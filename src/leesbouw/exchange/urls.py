"""Addresses of imports and of the area of a library."""

from django.urls import path  # noqa: F401

app_name = "exchange"
urlpatterns = []
