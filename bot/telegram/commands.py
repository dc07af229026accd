"""The commands of the bot: what each does, and the sentence that names it in Telegram's list."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.payload import make_payload

COMMANDS: Mapping[str, str] = {
    "start": make_payload("greet", step="start"),
    "menu": make_payload("show_menu"),
    "fees": make_payload("ask_fees", step="check"),
    "contract": make_payload("ask_contract", step="check"),
    "selfcheck": make_payload("ask_trafficking", step="check"),
    "offer": make_payload("ask_offer_check", step="check"),
    "agency": make_payload("ask_agency_licence", step="check"),
    "cost": make_payload("ask_loan_debt", step="check"),
    "list": make_payload("ask_documents", step="list"),
    "claim": make_payload("ask_welfare_fund", step="check"),
    "language": make_payload("choose_language"),
    "help": make_payload("ask_bot", step="help"),
    "privacy": make_payload("ask_bot", step="privacy"),
    "person": make_payload("talk_to_human"),
    "delete": make_payload("delete_my_data"),
    "exit": make_payload("quick_exit"),
}
# Whatever follows these is not read: someone in a hurry must get out, and nothing may be recorded after.
AT_ONCE = frozenset({"delete", "exit"})

NAMED_BY: Mapping[str, str] = {
    "start": "command.start",
    "menu": "command.menu",
    "person": "button.person",
    "fees": "button.fee_check",
    "offer": "button.offer_check",
    "agency": "button.agency_check",
    "contract": "button.contract_check",
    "selfcheck": "button.self_check",
    "cost": "button.cost",
    "list": "button.departure",
    "claim": "button.welfare_claim",
    "language": "button.language",
    "help": "button.help",
    "privacy": "button.privacy",
    "delete": "command.delete",
    "exit": "button.exit",
}
"""Key of the sentence, in the order in which Telegram lists the commands."""
