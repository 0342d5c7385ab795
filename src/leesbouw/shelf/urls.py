"""Addresses of a child's own pages, and of the tips for its teacher."""

from django.urls import path

from .views import case, ideas, own, tips

book = "kast/<int:pk>/"
group = "klas/groep/<int:pk>/tips/"

app_name = "shelf"
urlpatterns = [
    path("mijn/", own.MyBooks.as_view(), name="mine"),
    path("mijn/lijst/", own.MyList.as_view(), name="list"),
    path("mijn/lijst/leeslijst.pdf", own.ListPaper.as_view(), name="list-pdf"),
    path("mijn/lijst/leeslijst.docx", own.ListPaper.as_view(word=True), name="list-word"),
    path("mijn/plank/", own.MyShelf.as_view(), name="shelf"),
    path("mijn/plank/kiezen/", own.KeepShelf.as_view(), name="shelf-keep"),
    path("kast/", case.Case.as_view(), name="case"),
    path("kast/verrassing/", case.Surprise.as_view(), name="surprise"),
    path("kast/voor-jou/", ideas.Ideas.as_view(), name="ideas"),
    path(book, case.OneBook.as_view(), name="book"),
    path(f"{book}gevoel/", own.feel.as_view(), name="book-feel"),
    path(f"{book}lijst/", own.put.as_view(), name="book-list"),
    path(f"{book}van-de-plank/", own.drop.as_view(), name="book-drop"),
    path(f"{book}wachten/", case.wait.as_view(), name="book-wait"),
    path(f"{book}niet-wachten/", case.wait_no_more.as_view(), name="book-wait-no-more"),
    path(f"{book}tip/", case.tip.as_view(), name="book-tip"),
    path(f"{book}tip-weg/", case.untip.as_view(), name="book-untip"),
    path("tips/", tips.Tips.as_view(), name="tips"),
    path("klas/groep/<int:pk>/ideeen/<int:pupil>/", ideas.GroupIdeas.as_view(), name="group-ideas"),
    path(group, tips.GroupTips.as_view(), name="group-tips"),
    path(f"{group}beslissen/", tips.Judge.as_view(), name="group-tip-judge"),
]
