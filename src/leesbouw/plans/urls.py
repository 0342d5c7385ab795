"""Addresses of actions."""

from django.urls import path

from leesbouw.ui.pages import exportable

from . import views

app_name = "plans"
urlpatterns = [
    *exportable("acties/", views.ActionList, "action-list"),
    path("acties/nieuw/", views.ActionNew.as_view(), name="action-new"),
    path("acties/klaar/", views.ActionsDone.as_view(), name="actions-done"),
    path("acties/weghalen/", views.ActionsDrop.as_view(), name="actions-drop"),
    path("acties/<int:pk>/", views.ActionDetail.as_view(), name="action-detail"),
    path("acties/<int:pk>/wijzigen/", views.ActionEdit.as_view(), name="action-edit"),
    path("acties/<int:pk>/klaar/", views.ActionDone.as_view(), name="action-done"),
    path("acties/<int:pk>/klaar-op/", views.ActionDoneOn.as_view(), name="action-done-on"),
    path("acties/<int:pk>/weer-open/", views.ActionOpen.as_view(), name="action-open"),
    path("acties/<int:pk>/weghalen/", views.ActionDrop.as_view(), name="action-drop"),
]
