"""What other systems show to the API: listing, making and revoking their tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QModelIndex
from PySide6.QtWidgets import QWidget

from kiosk.domain.credentials import AccessToken, TokenScope
from kiosk.errors import InvalidInput, KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ConfirmScreen, ScrollColumn
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import Badge, Row, RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.background import Background
from kiosk.ui.language import date_text
from kiosk.ui.segmented import SegmentedButtons
from kiosk.ui.settings.backend import SettingsBackend
from kiosk.ui.widgets import Button, Label, TextField


class TokensScreen(AdminScreen):
    """Touching a valid token asks whether to revoke it."""

    def __init__(self, backend: SettingsBackend, background: Background, zone: ZoneInfo) -> None:
        super().__init__()
        self._backend, self._background, self._zone = backend, background, zone
        self.model, self.list, self.notice = RowsModel[AccessToken](self._row, self), RowList(), Notice()
        self.add = Button("primary", "add")
        self.list.setModel(self.model)
        self.list.chosen.connect(self._ask)
        self.add.clicked.connect(lambda: self.opens.emit(NewTokenScreen(backend, background)))
        self.add_to_head(self.add)
        self.add_notice(self.notice)
        self.body.addWidget(self.list, 1)

    def title(self) -> str:
        return self.tr("Access for other systems")

    def entered(self) -> None:
        self._background.run(self, self._backend.tokens, self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.add.setText(self.tr("New token"))
        self.list.setAccessibleName(self.tr("Tokens"))
        self.list.set_placeholder(self.tr("No other system has access yet."))
        self.list.viewport().update()

    def _row(self, token: AccessToken) -> Row:
        is_valid = token.is_valid(datetime.now(UTC))
        badge = Badge(self.tr("Valid"), "good") if is_valid else Badge(self.tr("No longer valid"))
        since = self.tr("made {day}").format(day=date_text(token.created_at, self._zone))
        return Row(
            token.name, f"{scope_text(token.scope)}, {since}", icon="lock", badges=(badge,), is_faint=not is_valid
        )

    def _loaded(self, tokens: tuple[AccessToken, ...]) -> None:
        if tokens != self.model.items:
            self.model.show(tokens)

    def _ask(self, index: QModelIndex) -> None:
        token = self.model.items[index.row()]
        if not token.is_valid(datetime.now(UTC)):
            return
        words = self.tr("The system that uses it has no access any more from then on.")
        title = self.tr("Revoke the token {name}?").format(name=token.name)
        screen = ConfirmScreen(title, words, self.tr("Revoke"))
        screen.confirmed.connect(lambda: self._revoke(token))
        self.opens.emit(screen)

    def _revoke(self, token: AccessToken) -> None:
        self._background.run(
            self, lambda: self._backend.revoke_token(token.name), lambda _: self.entered(), self._failed
        )

    def _failed(self, _error: KioskError) -> None:
        self.notice.say("bad", self.tr("The database does not answer; try again soon."))


class NewTokenScreen(AdminScreen):
    """Asks for name and scope, then shows the token, this once."""

    def __init__(self, backend: SettingsBackend, background: Background) -> None:
        super().__init__()
        self._backend, self._background = backend, background
        self.name, self.scope = FormField(TextField()), SegmentedButtons(*TokenScope)
        self.scope.choose(TokenScope.READ)
        self._sentence, self._scope_label = Label("soft"), Label("body")
        self.token, self._once = TextField(), Label("strong")
        self.token.setReadOnly(True)
        self.make = Button("primary", "add")
        column = ScrollColumn()
        self._asked: tuple[QWidget, ...] = (self.name, self._scope_label, self.scope, self._sentence, self.make)
        self._shown: tuple[QWidget, ...] = (self._once, self.token)
        for widget in (*self._asked, *self._shown):
            column.content.addWidget(widget)
        for widget in self._shown:
            widget.hide()
        column.content.addStretch(1)
        self.body.addWidget(column)
        self.scope.chosen.connect(lambda _: self._explain())
        self.name.field.returnPressed.connect(self.make.click)
        self.make.clicked.connect(self._make)

    def title(self) -> str:
        return self.tr("New token")

    def retranslate(self) -> None:
        super().retranslate()
        self.name.set_name(self.tr("What it is for, such as payroll"))
        self._scope_label.setText(self.tr("What it allows"))
        self.scope.setAccessibleName(self.tr("What it allows"))
        self.scope.set_texts({scope: scope_text(scope) for scope in TokenScope})
        self.make.setText(self.tr("Make the token"))
        self._once.setText(self.tr("Copy this token now: it is never shown again. Keep it like a password."))
        self.token.setAccessibleName(self.tr("Token"))
        self._explain()

    def _explain(self) -> None:
        sentences = {
            TokenScope.READ: self.tr("Lists, presence and statistics; nothing can be changed."),
            TokenScope.WRITE: self.tr("Also changes, and enrolling people."),
            TokenScope.BIOMETRIC: self.tr("Also the numbers that faces are recognised by."),
            TokenScope.SCIM: self.tr("The directory of people over SCIM, and nothing else."),
            TokenScope.SETTINGS: self.tr("The settings, and nothing else."),
        }
        self._sentence.setText(sentences[self.scope.key or TokenScope.READ])

    def _make(self) -> None:
        name, scope = self.name.field.text().strip(), self.scope.key or TokenScope.READ
        self._background.run(self, lambda: self._backend.make_token(name, scope), self._made, self._failed)

    def _made(self, secret: str) -> None:
        for widget in self._asked:
            widget.hide()
        self.token.setText(secret)
        self.token.setCursorPosition(0)
        for widget in self._shown:
            widget.show()

    def _failed(self, error: KioskError) -> None:
        if isinstance(error, InvalidInput):
            self.name.show_error(
                self.tr("Choose another name: up to 64 letters, digits and . _ @ -, and none that is in use.")
            )
        else:
            self.name.show_error(self.tr("The database does not answer; try again soon."))


def scope_text(scope: TokenScope) -> str:
    """Return what a scope is called."""
    return {
        TokenScope.READ: QCoreApplication.translate("TokensScreen", "Read"),
        TokenScope.WRITE: QCoreApplication.translate("TokensScreen", "Change"),
        TokenScope.BIOMETRIC: QCoreApplication.translate("TokensScreen", "Faces"),
        TokenScope.SCIM: "SCIM",
        TokenScope.SETTINGS: QCoreApplication.translate("TokensScreen", "Settings"),
    }[scope]
