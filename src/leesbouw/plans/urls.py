"""Addresses of actions, bouwstenen, routes and the catalogue of activities."""

from django.urls import path

from leesbouw.ui.pages import exportable

from .views import (
    blocks,
    catalogue,
    goals,
    learning,
    planned,
    plans,
    routes,
    side,
    tasks,
    timetables,
    todo,
    yearplans,
)


def of_unit(start: str, prefix: str = "") -> list:
    """The wall of a unit and its bouwstenen, under the page of the unit."""
    one = f"{start}bouwstenen/<slug:block>/"
    return [
        path(f"{start}bouwstenen/", blocks.Wall.as_view(), name=f"{prefix}wall"),
        path(one, blocks.BlockPage.as_view(), name=f"{prefix}block"),
        path(f"{one}stand/", blocks.Assess.as_view(), name=f"{prefix}block-assess"),
        path(f"{one}bewijs/", blocks.AddEvidence.as_view(), name=f"{prefix}evidence-add"),
        path(f"{one}bewijs/<int:pk>/bestand/", blocks.EvidenceFile.as_view(), name=f"{prefix}evidence-file"),
        path(f"{one}bewijs/<int:pk>/weg/", blocks.DropEvidence.as_view(), name=f"{prefix}evidence-drop"),
        path(
            f"{one}oplossing/<slug:solution>/",
            blocks.ChooseSolution.as_view(),
            name=f"{prefix}solution-choose",
        ),
    ]


def of_location(start: str) -> list:
    """The plans of a school or child care, its goals and its activities, under its page."""
    goal, activity = f"{start}doelen/<int:pk>/", f"{start}jaarplan/<int:pk>/"
    plan = f"{start}plan/<slug:plan>/<str:year>/"
    return [
        path(f"{start}plannen/", plans.Plans.as_view(), name="plans"),
        path(f"{start}doelen/", goals.Goals.as_view(), name="goals"),
        path(f"{start}doelen/nieuw/", goals.GoalNew.as_view(), name="goal-new"),
        path(f"{start}doelen/meenemen/", goals.GoalsContinue.as_view(), name="goals-continue"),
        path(f"{start}doelen/terugblik.pdf", goals.LookBackPdf.as_view(), name="look-back-pdf"),
        path(f"{start}doelen/terugblik.docx", goals.LookBackWord.as_view(), name="look-back-word"),
        path(goal, goals.GoalPage.as_view(), name="goal"),
        path(f"{goal}wijzigen/", goals.GoalEdit.as_view(), name="goal-edit"),
        path(f"{goal}weg/", goals.GoalDrop.as_view(), name="goal-drop"),
        path(f"{goal}terugblik/", goals.GoalEvaluate.as_view(), name="goal-evaluate"),
        path(f"{start}jaarplan/nieuw/", planned.PlannedNew.as_view(), name="planned-new"),
        path(f"{start}jaarplan/meenemen/", plans.ActivitiesCopy.as_view(), name="planned-copy"),
        path(f"{start}eigen-kant/", side.SideEdit.as_view(), name="own-side"),
        path(f"{start}jaarplan/rooster/", planned.StructuralEdit.as_view(), name="structural"),
        path(f"{activity}wijzigen/", planned.PlannedEdit.as_view(), name="planned-edit"),
        path(f"{activity}klaar/", planned.PlannedDone.as_view(), name="planned-done"),
        path(f"{activity}weer-open/", planned.PlannedOpen.as_view(), name="planned-open"),
        path(f"{activity}weg/", planned.PlannedDrop.as_view(), name="planned-drop"),
        *exportable(f"{start}leerdoelen/", learning.Learning, "learning"),
        path(f"{start}leerdoelen/zelf/", learning.LearningOurs.as_view(), name="learning-ours"),
        path(f"{start}taakverdeling/", tasks.Tasks.as_view(), name="tasks"),
        path(f"{start}taakverdeling/wijzigen/", tasks.TasksEdit.as_view(), name="tasks-edit"),
        path(f"{start}taakverdeling/akkoord/", tasks.TasksAgree.as_view(), name="tasks-agree"),
        path(f"{start}taakverdeling.pdf", tasks.TasksPdf.as_view(), name="tasks-pdf"),
        path(plan, plans.PlanPage.as_view(), name="plan"),
        path(f"{plan}begin/", plans.PlanBegin.as_view(), name="plan-begin"),
        path(f"{plan}onderdeel/<slug:section>/", plans.SectionWrite.as_view(), name="plan-write"),
        path(f"{plan}geld/", plans.PlanMoney.as_view(), name="plan-money"),
        path(f"{plan}naar-team/", plans.PlanSend.as_view(), name="plan-send"),
        path(f"{plan}akkoord/", plans.PlanApprove.as_view(), name="plan-approve"),
        path(f"{plan}reactie/", plans.CommentAdd.as_view(), name="plan-comment"),
        path(f"{plan}reactie/<int:pk>/klaar/", plans.CommentSettle.as_view(), name="plan-settle"),
        path(f"{plan}plan.pdf", plans.PlanPdf.as_view(), name="plan-pdf"),
        path(f"{plan}plan.docx", plans.PlanWord.as_view(), name="plan-word"),
        path(f"{plan}inlezen/", plans.PlanReadIn.as_view(), name="plan-read-in"),
        path(f"{plan}versies/", plans.Versions.as_view(), name="plan-versions"),
    ]


app_name = "plans"
urlpatterns = [
    *exportable("acties/", todo.ActionList, "action-list"),
    path("acties/nieuw/", todo.ActionNew.as_view(), name="action-new"),
    path("acties/klaar/", todo.ActionsDone.as_view(), name="actions-done"),
    path("acties/weghalen/", todo.ActionsDrop.as_view(), name="actions-drop"),
    path("acties/<int:pk>/", todo.ActionDetail.as_view(), name="action-detail"),
    path("acties/<int:pk>/wijzigen/", todo.ActionEdit.as_view(), name="action-edit"),
    path("acties/<int:pk>/klaar/", todo.ActionDone.as_view(), name="action-done"),
    path("acties/<int:pk>/klaar-op/", todo.ActionDoneOn.as_view(), name="action-done-on"),
    path("acties/<int:pk>/weer-open/", todo.ActionOpen.as_view(), name="action-open"),
    path("acties/<int:pk>/weghalen/", todo.ActionDrop.as_view(), name="action-drop"),
    *exportable("activiteiten/", catalogue.Catalogue, "catalogue"),
    path("activiteiten/kalender/", catalogue.Calendar.as_view(), name="calendar"),
    path("activiteiten/vandaag/", catalogue.IdeaToday.as_view(), name="idea-today"),
    path("activiteiten/nieuw/", catalogue.OwnNew.as_view(), name="form-new"),
    path("activiteiten/<slug:code>/", catalogue.CatalogueForm.as_view(), name="form"),
    path("activiteiten/<slug:code>/in-plan/", catalogue.PutInPlan.as_view(), name="form-plan"),
    path("activiteiten/<slug:code>/eigen/", catalogue.OwnVersion.as_view(), name="form-own"),
    path("activiteiten/<slug:code>/wijzigen/", catalogue.OwnEdit.as_view(), name="form-edit"),
    path("activiteiten/<slug:code>/weg/", catalogue.OwnArchive.as_view(), name="form-archive"),
    path("activiteiten/<slug:code>/dagen/", catalogue.CampaignDays.as_view(), name="form-days"),
    *exportable("bouwstenen/", blocks.Matrix, "matrix"),
    *exportable("bouwstenen/kinderopvang/", blocks.ChildcareMatrix, "matrix-childcare"),
    *exportable("plannen/", yearplans.YearPlans, "year-plans"),
    path("plannen/eigen/nieuw/", yearplans.WorkNew.as_view(), name="library-work-new"),
    path("plannen/eigen/<int:pk>/weg/", yearplans.WorkDrop.as_view(), name="library-work-drop"),
    *exportable("plannen/rooster/", timetables.Timetables, "timetables"),
    *exportable("routes/", routes.RunList, "routes"),
    *exportable("routes/overzicht/", routes.Overview, "routes-overview"),
    path("routes/loopt/<int:pk>/", routes.RunPage.as_view(), name="route-run"),
    path("routes/loopt/<int:pk>/stoppen/", routes.RunStop.as_view(), name="route-stop"),
    path("routes/loopt/<int:pk>/stap/<slug:step>/", routes.StepPage.as_view(), name="route-step"),
    path("routes/loopt/<int:pk>/stap/<slug:step>/open/", routes.StepOpen.as_view(), name="route-step-open"),
    path("routes/loopt/<int:pk>/stap/<slug:step>/actie/", routes.StepPlan.as_view(), name="route-step-plan"),
    path("routes/<slug:code>/", routes.RoutePage.as_view(), name="route"),
    path("routes/<slug:code>/starten/", routes.RouteStart.as_view(), name="route-start"),
    path("routes/<slug:code>/eigen/", routes.RouteText.as_view(), name="route-text"),
    path("routes/<slug:code>/volgen/", routes.RouteFollow.as_view(), name="route-follow"),
    *of_unit("<place:place>/<str:code>/"),
    *of_unit("bibliotheek/<str:code>/", "library-"),
    *of_location("<place:place>/<str:code>/"),
]
