"""Addresses of the Monitor."""

from django.urls import path

from leesbouw.ui.pages import exportable

from .views import (
    chosen,
    classes,
    extras,
    levels,
    open_answers,
    participations,
    planning,
    releases,
    reports,
    research,
    rounds,
    team,
)
from .views import lists as given_lists
from .views.filling import boards, links, phones, pupils

of_round = "monitor/ronde/<int:pk>/"
of_school = "monitor/deelname/<int:pk>/"
of_class = "monitor/klas/<int:pk>/"
of_list = "monitor/landelijk/lijst/<slug:code>/<int:number>/"
of_release = "monitor/landelijk/cijfers/<slug:kind>/<slug:year>/"
of_dataset = "monitor/landelijk/gegevens/<slug:code>/<int:number>/<slug:year>/"
of_link = "lijst/<str:token>/"

app_name = "monitor"
urlpatterns = [
    # A pupil fills in
    path("m/", pupils.Start.as_view(), name="fill-start"),
    path("m/<str:code>/", pupils.Fill.as_view(), name="fill"),
    path("m/<str:code>/stand/", pupils.State.as_view(), name="fill-state"),
    path("m/<str:code>/klaar/", pupils.Done.as_view(), name="fill-done"),
    # Rounds and who takes part
    *exportable("monitor/", rounds.RoundList, "round-list"),
    path("monitor/ronde/nieuw/", planning.RoundNew.as_view(), name="round-new"),
    path("monitor/ritme/", rounds.Rhythm.as_view(), name="rhythm"),
    path("monitor/ritme/<slug:rhythm>/", chosen.SetRhythm.as_view(), name="rhythm-set"),
    *exportable(of_round, rounds.RoundPage, "round"),
    path(f"{of_round}wijzigen/", planning.RoundChange.as_view(), name="round-change"),
    path(f"{of_round}openen/", rounds.RoundOpen.as_view(), name="round-open"),
    path(f"{of_round}sluiten/", rounds.RoundClose.as_view(), name="round-close"),
    path(f"{of_round}weghalen/", rounds.RoundDelete.as_view(), name="round-delete"),
    path(f"{of_round}scholen/", chosen.Candidates.as_view(), name="candidates"),
    path(f"{of_round}uitnodigen/", chosen.Enrol.as_view(), name="enrol"),
    path(f"{of_round}eruit/", chosen.TakeOut.as_view(), name="take-out"),
    path(f"{of_round}herinneren/", chosen.Letters.as_view(), name="letters"),
    path(f"{of_round}verlengen/", chosen.Extend.as_view(), name="extend"),
    path(f"{of_round}scholen/sluiten/", chosen.CloseSome.as_view(), name="close-some"),
    path(f"{of_round}eigen-vragen/", extras.Questions.as_view(), name="questions"),
    path("monitor/eigen-vragen/<int:pk>/", extras.QuestionChange.as_view(), name="question-change"),
    path("monitor/eigen-vragen/<int:pk>/weghalen/", extras.QuestionDelete.as_view(), name="question-delete"),
    path(f"{of_round}volgers/", extras.Followers.as_view(), name="followers"),
    path("monitor/volgers/<int:pk>/weghalen/", extras.FollowerRemove.as_view(), name="follower-remove"),
    path(of_school, participations.ParticipationPage.as_view(), name="participation"),
    path(f"{of_school}antwoord/", participations.Answer.as_view(), name="answer"),
    path(f"{of_school}vragen/", participations.AskHead.as_view(), name="ask-head"),
    # What came out
    path(f"{of_school}rapport/", reports.Report.as_view(), name="report"),
    path(f"{of_school}gesprek/", reports.Talk.as_view(), name="talk"),
    path(f"{of_school}rapport/<slug:format>/", reports.TakeAlong.as_view(), name="report-file"),
    path(f"{of_school}open-antwoorden/", open_answers.OpenAnswers.as_view(), name="open-answers"),
    path("monitor/open-antwoord/<int:pk>/", open_answers.Hide.as_view(), name="open-answer-hide"),
    path(f"{of_school}resultaten-weg/", participations.RemoveResults.as_view(), name="results-remove"),
    path(f"{of_school}besproken/", participations.Discussed.as_view(), name="discussed"),
    *exportable("monitor/niveaus/", levels.LevelList, "level-list"),
    path("monitor/eigen-keuze/", levels.Chosen.as_view(), name="chosen"),
    path("monitor/eigen-keuze/gesprek/", levels.TalkChosen.as_view(), name="chosen-talk"),
    path("monitor/eigen-keuze/<slug:format>/", levels.TakeChosen.as_view(), name="chosen-file"),
    path("monitor/niveau/<int:pk>/", levels.LevelPage.as_view(), name="level"),
    path("monitor/niveau/<int:pk>/gesprek/", levels.Talk.as_view(), name="level-talk"),
    path("monitor/niveau/<int:pk>/<slug:format>/", levels.TakeAlong.as_view(), name="level-file"),
    # The team session, and what else the team knows
    path(f"{of_school}team/", team.Board.as_view(), name="team"),
    path(f"{of_school}team/stand/", team.Count.as_view(), name="team-count"),
    path(f"{of_school}team/starten/", team.Start.as_view(), name="team-start"),
    path(f"{of_school}team/laten-zien/", team.Show.as_view(), name="team-show"),
    path(f"{of_school}team/afdekken/", team.Cover.as_view(), name="team-cover"),
    path(f"{of_school}team/kiezen/", team.Choose.as_view(), name="team-choose"),
    path(f"{of_school}team/weghalen/", team.Drop.as_view(), name="team-drop"),
    path(f"{of_school}weten/", team.Notes.as_view(), name="notes"),
    path("monitor/weten/<int:pk>/", team.NoteChange.as_view(), name="note-change"),
    path("monitor/weten/<int:pk>/weghalen/", team.NoteDelete.as_view(), name="note-delete"),
    # Research
    *exportable("monitor/landelijk/cijfers/", releases.Releases, "releases"),
    path(of_release, releases.ReleasePage.as_view(), name="release"),
    path(f"{of_release}definitief/", releases.MakeFinal.as_view(), name="release-final"),
    path(f"{of_release}voorlopig/", releases.TakeBack.as_view(), name="release-back"),
    *exportable("monitor/landelijk/", research.Lists, "research-lists"),
    *exportable(of_list, research.Codebook, "codebook"),
    path("monitor/landelijk/toevoegen/", research.AddList.as_view(), name="list-add"),
    path(f"{of_list}json/", research.ListFile.as_view(), name="list-json"),
    path(f"{of_list}naast/<int:other>/", research.Differences.as_view(), name="list-differences"),
    *exportable("monitor/landelijk/maten/", research.Measures, "measures"),
    *exportable("monitor/landelijk/gegevens/", research.Datasets, "datasets"),
    path(of_dataset, research.DatasetPage.as_view(), name="dataset"),
    path(f"{of_dataset}<slug:format>/", research.DatasetFile.as_view(), name="dataset-file"),
    # The teacher's board
    path("monitor/groepen/", classes.MyGroups.as_view(), name="my-groups"),
    path(of_class, classes.Board.as_view(), name="class"),
    path(f"{of_class}stand/", classes.Count.as_view(), name="class-count"),
    path(f"{of_class}starten/", classes.Start.as_view(), name="class-start"),
    path(f"{of_class}pauze/", classes.Pause.as_view(), name="class-pause"),
    path(f"{of_class}verder/", classes.Resume.as_view(), name="class-resume"),
    path(f"{of_class}voorlezen/", classes.Read.as_view(), name="class-read"),
    path(f"{of_class}aantal/", classes.Expected.as_view(), name="class-expected"),
    path(f"{of_class}inhaalcode/", classes.Late.as_view(), name="class-late"),
    path(f"{of_class}sluiten/", classes.Close.as_view(), name="class-close"),
    # A grown-up fills in, and the board of a teacher with a link
    path(f"{of_school}lijsten/", given_lists.Lists.as_view(), name="lists"),
    path(f"{of_school}lijsten/sturen/", given_lists.Send.as_view(), name="lists-send"),
    path(f"{of_school}lijsten/een/", given_lists.SendOne.as_view(), name="lists-one"),
    path(f"{of_school}lijsten/intrekken/", given_lists.Withdraw.as_view(), name="lists-withdraw"),
    path(of_link, links.ListPage.as_view(), name="list"),
    path(f"{of_link}overnemen/", links.CopyPage.as_view(), name="list-copy"),
    path(f"{of_link}bord/", boards.Board.as_view(), name="list-board"),
    path(f"{of_link}bord/stand/", boards.Count.as_view(), name="list-count"),
    path(f"{of_link}bord/starten/", boards.Start.as_view(), name="list-start"),
    path(f"{of_link}bord/pauze/", boards.Pause.as_view(), name="list-pause"),
    path(f"{of_link}bord/verder/", boards.Resume.as_view(), name="list-resume"),
    path(f"{of_link}bord/voorlezen/", boards.Read.as_view(), name="list-read"),
    path(f"{of_link}bord/aantal/", boards.Expected.as_view(), name="list-expected"),
    path(f"{of_link}bord/inhaalcode/", boards.Late.as_view(), name="list-late"),
    path(f"{of_link}bord/sluiten/", boards.Close.as_view(), name="list-close"),
    # A teacher chooses in a team session
    path("t/", phones.Start.as_view(), name="phone-start"),
    path("t/<str:code>/", phones.Choose.as_view(), name="phone"),
]
