"""Every text of the door app, in both languages at once: the screen shows both. Values are %(named)s."""

import hashlib
from functools import cache

import msgspec

from wcd.core.i18n import LOCALES, LazyText, use_locale
from wcd.core.i18n import lazy_gettext as _

WORDS: dict[str, LazyText] = {
    # Verdicts: the word, and what to do
    "welcome": _("Welcome"),
    "welcome_do": _("Straight in"),
    "welcome_back": _("Welcome back"),
    "welcome_back_do": _("Straight in"),
    "already_inside": _("Already inside"),
    "already_inside_do": _("Ask for the name and compare it with the badge"),
    "unknown": _("Unknown code"),
    "unknown_do": _("Please do not admit. Type the code on the badge, or send to the desk."),
    "revoked": _("Badge withdrawn"),
    "revoked_do": _("Please do not admit. The desk has the valid badge."),
    "not_approved": _("Not approved"),
    "not_approved_do": _("Please do not admit. The desk can help."),
    "wrong_day": _("Another day"),
    "wrong_day_do": _("This badge is valid on another day"),
    "wrong_gate": _("Another gate"),
    "wrong_gate_do": _("This gate does not admit this guest"),
    "too_early": _("Too early"),
    "too_early_do": _("Please wait until the gate opens"),
    "gate_closed": _("Gate closed"),
    "gate_closed_do": _("Entry has ended here. The desk can help."),
    "full": _("Full"),
    "full_do": _("Every place is taken. Please wait until somebody leaves."),
    "checking": _("Checking"),
    "unverified": _("Stored, not verified"),
    "unverified_why": _(
        "There is no network. The scan is kept and will be verified when the network returns."
    ),
    "unverified_do": _("Look at the badge: name, category, year. When in doubt, send to the desk."),
    # What a verdict tells beside its word
    "first_at": _("Entered at %(gate)s, %(minutes)s minutes ago"),
    "first_just_now": _("Entered at %(gate)s a moment ago"),
    "opens_at": _("Admitted from %(time)s"),
    "admitted_at": _("Admitted at: %(gates)s"),
    "badge_of": _("A badge of %(edition)s"),
    "not_a_badge": _("Not a badge of this forum"),
    "seat": _("Seat"),
    # The screen of the gate
    "entrance": _("Entrance"),
    "session": _("Session"),
    "inside": _("Inside"),
    "arrived": _("Arrived"),
    "last_ten_minutes": _("Last 10 min"),
    "hint": _("Hold the badge in the frame"),
    "start": _("Start scanning"),
    "start_why": _("The browser will ask for the camera. Sound is switched on as well."),
    "light_now": _("Data just now"),
    "light_ago": _("Data %(seconds)s s ago"),
    "light_waiting": _("Offline, %(count)s to send"),
    "light_offline": _("Offline"),
    "light_sending": _("%(count)s to send"),
    "gate_off": _("This gate is switched off"),
    "last_none": _("Nobody scanned yet"),
    "scan": _("Scan a badge"),
    # Buttons
    "next": _("Next"),
    "next_hint": _("Next: tap or scan"),
    "undo": _("Undo"),
    "undone": _("Undone"),
    "to_desk": _("To the desk"),
    "let_in": _("Same person, let in"),
    "close": _("Close"),
    "type_code": _("Type the code"),
    "pause": _("Pause"),
    "resume": _("Go on"),
    "paused": _("Paused to save the battery"),
    "torch": _("Torch"),
    "camera_next": _("Other camera"),
    "check_code": _("Check"),
    "code_label": _("Code on the badge"),
    "code_help": _("8 letters and figures, such as 7K4M-2Q9D. Capitals and dashes do not matter."),
    "code_wrong": _("A code has 8 letters and figures. Please compare it with the badge."),
    "switch_language": _("Switch to English"),
    # Without a camera
    "camera_insecure": _(
        "This page was opened over plain http, and then browsers give no camera. A hand scanner works, and so do typed codes."
    ),
    "camera_refused": _(
        "The camera was refused. Allow it in the browser's settings for this site. A hand scanner works, and so do typed codes."
    ),
    "camera_missing": _("This device has no camera. A hand scanner works, and so do typed codes."),
    "camera_busy": _("Another app is using the camera. Close it and try again."),
    "try_again": _("Try again"),
    # Pairing and trouble
    "unpaired": _("This phone is not paired"),
    "unpaired_do": _("Ask a supervisor to show the pairing code, and open it with this phone's camera."),
    "unpaired_kept": _("%(count)s scans are kept here and will be sent after pairing."),
    "no_contact": _("No contact with the server yet"),
    "no_contact_do": _("Check the network of this phone. The page goes on by itself."),
    "storage_full": _("The storage of this phone is full. Keep this page open until everything is sent."),
    "aside": _("For the supervisor"),
    "aside_why": _("The server could not take these scans. Save them as a file and give it to a supervisor."),
    "aside_save": _("Save as a file"),
    "back": _("Back"),
}


class Words(msgspec.Struct, frozen=True):
    """The texts as JSON, with their tag."""

    body: bytes
    etag: str


@cache
def words() -> Words:
    """All texts in all languages."""
    texts = {}
    for locale in LOCALES:
        with use_locale(locale):
            texts[locale] = {key: str(text) for key, text in WORDS.items()}
    body = msgspec.json.encode(texts)
    return Words(body, f'"{hashlib.sha256(body).hexdigest()[:16]}"')
