# SPDX-License-Identifier: Apache-2.0
"""Mail against a real server: what arrives, and what each kind of trouble is called."""

import ssl
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from icalendar import Calendar

from huiyao.gateways.smtp import Enclosure, Letter, NoCarrier, NotDelivered, SmtpCarrier, compose
from huiyao.project.environment import MailServer
from tests.fakes.mail_server import Behaviour, mail_server, rude_server
from tests.servers import free_port

INVITATION = "\r\n".join(  # noqa: FLY002 a line each is easier to read
    (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//huiyao//test//",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:one@huiyao",
        "DTSTAMP:20261124T020000Z",
        "DTSTART:20261204T060000Z",
        "SUMMARY:年度目标对齐会",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
)
LETTER = Letter(
    id="0198f0aa-0000-7000-8000-000000000001",
    sender_name="云杉制造",
    to_name="安然",
    to_address="ann@example.com",
    subject="邀请：年度目标对齐会",
    text="请在 12 月 3 日前回复。",
    html="<p>请回复。</p>",
    at=datetime(2026, 11, 24, 2, 0, tzinfo=UTC),
    calendar=INVITATION,
    calendar_method="REQUEST",
    enclosures=(Enclosure("纪要.docx", "application/octet-stream", b"\x00\x01"),),
)


def server(port: int, **named: str) -> MailServer:
    return replace(MailServer("127.0.0.1", port, "", "", "plain", "huiyao@example.com"), **named)


def trouble(mail: MailServer, letter: Letter = LETTER, **limits: float) -> NotDelivered:
    with closing(SmtpCarrier(mail, **limits)) as carrier, pytest.raises(NotDelivered) as caught:
        carrier.send(letter)
    return caught.value


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of our own making for 127.0.0.1, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


class TestWhatArrives:
    @pytest.fixture
    def arrived(self) -> EmailMessage:
        behaviour = Behaviour()
        with mail_server(behaviour) as port, closing(SmtpCarrier(server(port))) as carrier:
            carrier.send(LETTER)
        (letter,) = behaviour.letters
        return letter

    def test_chinese_survives_in_subject_names_and_bodies(self, arrived: EmailMessage) -> None:
        assert arrived["Subject"] == "邀请：年度目标对齐会"
        assert arrived["From"].addresses[0].display_name == "云杉制造"
        assert arrived["To"].addresses[0].display_name == "安然"
        body = arrived.get_body(("plain",))
        assert body is not None
        assert body.get_content().strip() == "请在 12 月 3 日前回复。"

    def test_the_parts_stand_as_calendar_programs_expect_them(self, arrived: EmailMessage) -> None:
        assert [part.get_content_type() for part in arrived.walk()] == [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/calendar",
            "text/calendar",
            "application/octet-stream",
        ]

    def test_the_calendar_parts_name_the_method_once_and_hold_the_object(self, arrived: EmailMessage) -> None:
        parts = [part for part in arrived.walk() if part.get_content_type() == "text/calendar"]
        assert [part.get_filename() for part in parts] == [None, "invite.ics"]
        for part in parts:
            assert part["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
            assert str(part["Content-Type"]).count("charset") == 1
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            (event,) = Calendar.from_ical(content.decode()).walk("VEVENT")
            assert event["SUMMARY"] == "年度目标对齐会"

    def test_nothing_needs_eight_bits(self, arrived: EmailMessage) -> None:
        assert arrived.as_bytes().isascii()
        leaves = [part for part in arrived.walk() if not part.is_multipart()]
        assert {part["Content-Transfer-Encoding"] for part in leaves} == {"base64"}

    def test_every_attempt_has_the_same_id_and_no_robot_answers(self, arrived: EmailMessage) -> None:
        assert arrived["Message-ID"] == f"<{LETTER.id}@example.com>"
        assert arrived["Auto-Submitted"] == "auto-generated"

    def test_an_attached_file_keeps_its_name_and_bytes(self, arrived: EmailMessage) -> None:
        part = list(arrived.walk())[-1]
        assert part.get_filename() == "纪要.docx"
        assert part.get_payload(decode=True) == b"\x00\x01"

    def test_a_plain_letter_is_plain(self) -> None:
        message = compose(replace(LETTER, html="", calendar="", enclosures=()), "huiyao@example.com")
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
        ]

    def test_a_subject_cannot_add_headers(self) -> None:
        message = compose(replace(LETTER, subject="x\r\nBcc: all@example.com", to_name="a\nb"), "h@example.com")
        assert message["Bcc"] is None

    def test_one_connection_carries_several_letters(self) -> None:
        behaviour = Behaviour()
        with mail_server(behaviour) as port, closing(SmtpCarrier(server(port))) as carrier:
            carrier.send(LETTER)
            carrier.send(replace(LETTER, to_address="ben@example.com"))
        assert behaviour.recipients == ["ann@example.com", "ben@example.com"]
        assert behaviour.connections == 1


class TestSecurity:
    def test_starttls_and_sign_in(self, tls: ssl.SSLContext, trusted: None) -> None:
        behaviour = Behaviour()
        with mail_server(behaviour, sign_in=True, tls=tls) as port:
            mail = server(port, security="starttls", user="huiyao", password="right horse")
            with closing(SmtpCarrier(mail)) as carrier:
                carrier.send(LETTER)
        assert len(behaviour.letters) == 1

    def test_tls_from_the_start(self, tls: ssl.SSLContext, trusted: None) -> None:
        behaviour = Behaviour()
        with (
            mail_server(behaviour, tls=tls, implicit=True) as port,
            closing(SmtpCarrier(server(port, security="tls"))) as carrier,
        ):
            carrier.send(LETTER)
        assert len(behaviour.letters) == 1

    def test_a_certificate_nobody_vouches_for_is_refused(self, tls: ssl.SSLContext) -> None:
        behaviour = Behaviour()
        with mail_server(behaviour, tls=tls) as port:
            found = trouble(server(port, security="starttls"))
        assert (found.code, found.permanent, found.server) == ("bad_certificate", False, True)
        assert behaviour.letters == []

    def test_a_server_without_starttls_gets_no_letter_in_clear(self) -> None:
        behaviour = Behaviour()
        with mail_server(behaviour) as port:
            found = trouble(server(port, security="starttls"))
        assert (found.code, found.permanent) == ("no_starttls", False)
        assert behaviour.letters == []

    def test_tls_from_the_start_at_a_plain_port(self) -> None:
        with mail_server(Behaviour()) as port:
            assert trouble(server(port, security="tls")).code == "no_tls"

    def test_a_wrong_password(self) -> None:
        with mail_server(Behaviour(), sign_in=True) as port:
            found = trouble(server(port, user="huiyao", password="wrong horse"))
        assert (found.code, found.permanent, found.server) == ("sign_in_refused", False, True)
        assert "wrong horse" not in found.detail

    def test_a_server_without_sign_in(self) -> None:
        with mail_server(Behaviour()) as port:
            assert trouble(server(port, user="huiyao", password="x")).code == "no_sign_in"


class TestTroubles:
    @pytest.mark.parametrize(
        ("behaviour", "code", "permanent", "detail"),
        [
            (Behaviour(refuse_recipient="550 5.1.1 no such user"), "recipient_refused", True, "550 5.1.1 no such user"),
            (Behaviour(greylist=True), "greylisted", False, "450 4.2.0 Greylisted, come back later"),
            (Behaviour(refuse_data="554 5.7.1 looks like spam"), "content_refused", True, "554 5.7.1 looks like spam"),
            (Behaviour(refuse_data="452 4.3.1 disk full"), "busy", False, "452 4.3.1 disk full"),
            (Behaviour(refuse_sender="553 5.7.1 not yours"), "sender_refused", False, "553 5.7.1 not yours"),
            (Behaviour(refuse_sender="421 4.7.0 too many"), "busy", False, "421 4.7.0 too many"),
        ],
    )
    def test_each_answer_has_its_name(self, behaviour: Behaviour, code: str, permanent: bool, detail: str) -> None:
        with mail_server(behaviour) as port:
            found = trouble(server(port))
        assert (found.code, found.permanent, found.detail) == (code, permanent, detail)
        assert behaviour.letters == []

    def test_what_was_greylisted_is_taken_later(self) -> None:
        behaviour = Behaviour(greylist=True)
        with mail_server(behaviour) as port, closing(SmtpCarrier(server(port))) as carrier:
            with pytest.raises(NotDelivered):
                carrier.send(LETTER)
            carrier.send(LETTER)
        assert len(behaviour.letters) == 1

    def test_one_refused_letter_does_not_stop_the_next(self) -> None:
        behaviour = Behaviour(refuse_recipient="550 no")
        with mail_server(behaviour) as port, closing(SmtpCarrier(server(port))) as carrier:
            with pytest.raises(NotDelivered):
                carrier.send(LETTER)
            behaviour.refuse_recipient = ""
            carrier.send(LETTER)
        assert len(behaviour.letters) == 1
        assert behaviour.connections == 1

    def test_nobody_listens(self) -> None:
        found = trouble(server(free_port()))
        assert (found.code, found.permanent, found.server) == ("connection_refused", False, True)

    def test_an_unknown_name(self) -> None:
        assert trouble(server(25, host="mail.invalid")).code == "unknown_host"

    def test_a_server_that_hangs_up(self) -> None:
        with rude_server(b"220 hello\r\n") as port:
            assert trouble(server(port)).code == "broken_off"

    def test_a_server_that_says_it_is_busy(self) -> None:
        with rude_server(b"421 too busy\r\n") as port:
            found = trouble(server(port))
        assert (found.code, found.detail) == ("busy", "421 too busy")

    def test_a_silent_server_is_left_after_a_while(self) -> None:
        with rude_server(b"", drip=3600) as port:
            assert trouble(server(port), step=0.2).code == "timed_out"

    def test_a_dripping_server_is_left_after_a_while(self) -> None:
        with rude_server(b"220 ", drip=0.02) as port:
            assert trouble(server(port), step=5, whole=0.3).code == "broken_off"

    @pytest.mark.parametrize("address", ["", "no at sign", "a@b@c", "x@", "a@example.com\r\nRCPT TO:<b@example.com>"])
    def test_an_address_that_is_none_never_reaches_the_server(self, address: str) -> None:
        behaviour = Behaviour()
        with mail_server(behaviour) as port:
            found = trouble(server(port), replace(LETTER, to_address=address))
        assert (found.code, found.permanent) == ("bad_address", True)
        assert behaviour.recipients == []


class TestChecking:
    def test_a_good_set_up_passes_and_sends_nothing(self) -> None:
        behaviour = Behaviour()
        with mail_server(behaviour, sign_in=True) as port:
            mail = server(port, user="huiyao", password="right horse")
            with closing(SmtpCarrier(mail)) as carrier:
                carrier.check()
        assert behaviour.letters == []

    def test_a_bad_one_is_named(self) -> None:
        with closing(SmtpCarrier(server(free_port()))) as carrier, pytest.raises(NotDelivered) as caught:
            carrier.check()
        assert caught.value.code == "connection_refused"


def test_without_a_server_every_letter_is_refused() -> None:
    carrier = NoCarrier()
    with pytest.raises(NotDelivered, match="no_mail_server"):
        carrier.send(LETTER)
    carrier.close()
