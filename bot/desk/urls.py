"""Addresses of the desk; each view says with `access.staff` or `access.public` who may open it."""

from django.urls import path

from bot.desk.views import accounts, events, inbox, moves, talk

app_name = "desk"
urlpatterns = [
    path("login", accounts.sign_in_page, name="login"),
    path("login/code", accounts.code_page, name="code"),
    path("logout", accounts.sign_out, name="logout"),
    path("password/<str:key>/<str:token>", accounts.password_page, name="password"),
    path("first/<str:token>", accounts.first_page, name="first"),
    path("account", accounts.account, name="account"),
    path("account/factor", accounts.factor, name="factor"),
    path("account/factor/code.svg", accounts.qr_code, name="qr_code"),
    path("account/factor/off", accounts.factor_off, name="factor_off"),
    path("", inbox.home, name="home"),
    path("rows", inbox.more, name="rows"),
    path("list", inbox.lists, name="list"),
    path("events", events.listen, name="events"),
    path("c/<uuid:key>", talk.show, name="talk"),
    path("c/<uuid:key>/messages", talk.messages, name="messages"),
    path("c/<uuid:key>/head", talk.head, name="head"),
    path("c/<uuid:key>/panel", talk.panel, name="panel"),
    path("c/<uuid:key>/files/<uuid:kept>", talk.file, name="file"),
    path("c/<uuid:key>/claims/<uuid:claim>/<slug:field>", talk.edit, name="edit"),
    path("c/<uuid:key>/reply", moves.reply, name="reply"),
    path("c/<uuid:key>/take", moves.take, name="take"),
    path("c/<uuid:key>/transfer", moves.transfer, name="transfer"),
    path("c/<uuid:key>/release", moves.release, name="release"),
    path("c/<uuid:key>/close", moves.close, name="close"),
    path("c/<uuid:key>/typing", moves.typing, name="typing"),
    path("c/<uuid:key>/call-backs/<uuid:call_back>", moves.called, name="called"),
]
