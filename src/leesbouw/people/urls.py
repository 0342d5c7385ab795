"""Addresses of people."""

from django.urls import path

from leesbouw.ui.pages import exportable

from .views import contacts, new_year, rights, staff, teachers

app_name = "people"
urlpatterns = [
    *exportable("mensen/", contacts.ContactList, "contact-list"),
    *exportable("mensen/medewerkers/", staff.StaffList, "staff-list"),
    path("mensen/contact/nieuw/", contacts.ContactNew.as_view(), name="contact-new"),
    path("mensen/contact/<int:pk>/", contacts.ContactDetail.as_view(), name="contact-detail"),
    path("mensen/contact/<int:pk>/wijzigen/", contacts.ContactEdit.as_view(), name="contact-edit"),
    path("mensen/contact/<int:pk>/navragen/", contacts.AskToConfirm.as_view(), name="contact-confirm"),
    path("mensen/contact/<int:pk>/meenemen/", rights.ContactJson.as_view(), name="contact-json"),
    path("mensen/contact/<int:pk>/wissen/", rights.EraseContact.as_view(), name="contact-erase"),
    path("mensen/contact/<int:pk>/vertrokken/", contacts.ContactLeft.as_view(), name="contact-left"),
    path("mensen/contact/<int:pk>/terug/", contacts.ContactBack.as_view(), name="contact-back"),
    path("mensen/contact/<int:pk>/wie-spreekt/", contacts.Relate.as_view(), name="contact-relate"),
    path("mensen/relatie/<int:pk>/stoppen/", contacts.Unrelate.as_view(), name="relation-end"),
    path("mensen/medewerker/nieuw/", staff.StaffNew.as_view(), name="staff-new"),
    path("mensen/medewerker/<int:pk>/", staff.StaffDetail.as_view(), name="staff-detail"),
    path("mensen/medewerker/<int:pk>/wijzigen/", staff.StaffEdit.as_view(), name="staff-edit"),
    path("mensen/medewerker/<int:pk>/vertrekt/", staff.StaffLeft.as_view(), name="staff-left"),
    path("mensen/inzet/nieuw/", staff.Assign.as_view(), name="assign"),
    path("mensen/inzet/<int:pk>/stoppen/", staff.EndAssignment.as_view(), name="assignment-end"),
    path("mensen/groep/<int:pk>/leerkrachten/", teachers.GroupTeachers.as_view(), name="group-teachers"),
    path(
        "school/<str:code>/nieuw-schooljaar/leerkrachten/",
        new_year.Teachers.as_view(),
        name="new-year-school",
    ),
    path(
        "kinderopvang/<str:code>/nieuw-schooljaar/leerkrachten/",
        new_year.Teachers.as_view(),
        name="new-year-childcare",
    ),
]
