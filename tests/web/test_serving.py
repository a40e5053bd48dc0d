"""Serving: who can reach it, where its secret is kept, and how the first administrator is made."""

from __future__ import annotations

import os
import re
import socket
import stat

import click
import pytest
from knocking import form_token, team

from onrecord import account_command as account
from onrecord import serve_command as serve


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "record.example"])  # noqa: S104
def test_alone_it_never_listens_beyond_this_machine(tmp_path, host):
    with pytest.raises(click.UsageError, match="--team"):
        serve.serve_command(store=str(tmp_path / "x.db"), host=host)
    assert list(tmp_path.iterdir()) == []


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv(serve.SECRET, raising=False)
    store = str(tmp_path / "x.db")
    secret = serve.the_secret(store, team=True)
    assert len(secret) >= 43
    assert serve.the_secret(f"sqlite:///{store}", team=True) == secret
    path = f"{store}.secret"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    os.chmod(path, 0o644)
    with pytest.raises(click.UsageError, match="chmod 600"):
        serve.the_secret(store, team=True)


def test_a_link_in_the_secrets_place_is_not_followed(tmp_path, monkeypatch):
    monkeypatch.delenv(serve.SECRET, raising=False)
    (tmp_path / "elsewhere").write_text("x" * 40)
    os.chmod(tmp_path / "elsewhere", 0o600)
    (tmp_path / "x.db.secret").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(click.UsageError, match="cannot be"):
        serve.the_secret(str(tmp_path / "x.db"), team=True)


def test_the_environment_may_give_the_secret_if_it_is_long(tmp_path, monkeypatch):
    monkeypatch.setenv(serve.SECRET, "s" * 40)
    assert serve.the_secret("postgresql://db/x", team=True) == "s" * 40
    monkeypatch.setenv(serve.SECRET, "short")
    with pytest.raises(click.UsageError, match="too short"):
        serve.the_secret("postgresql://db/x", team=True)
    monkeypatch.delenv(serve.SECRET)
    with pytest.raises(click.UsageError, match=serve.SECRET):
        serve.the_secret("postgresql://db/x", team=True)
    assert serve.the_secret("postgresql://db/x", team=False)


def test_it_goes_by_its_own_names_only():
    found = serve.hosts("0.0.0.0", "https://record.example", ("desk.lan",))  # noqa: S104
    assert found == ("127.0.0.1", "localhost", "[::1]", "desk.lan", "record.example")
    assert "[2001:db8::1]" in serve.hosts("2001:db8::1", "", ())


@pytest.mark.parametrize("site", ["record.example", "ftp://x", "https://x/y", "https://"])
def test_a_site_that_is_no_address_is_refused(site):
    with pytest.raises(click.UsageError, match="--site"):
        serve._site(site)


def test_the_first_administrator_comes_in_by_the_link_that_is_printed(tmp_path, capsys):
    store = str(tmp_path / "x.db")
    assert account.add_account("ann", store=store, role="administrator", site="http://127.0.0.1") == 0
    link = capsys.readouterr().out.strip()
    path = re.fullmatch(r"http://127\.0\.0\.1(/join/[\w-]{43})", link)
    assert path
    with team(store) as client:
        fields = {"token": form_token(client), "password": "correct horse battery"}
        assert client.post(path[1], data=fields).status_code == 303
        assert client.get("/admin").status_code == 200
    account.list_accounts(store=store)
    assert capsys.readouterr().out == "ann\tadministrator\n"
    with pytest.raises(click.ClickException, match="last administrator"):
        account.close_account("ann", store=store)
    with pytest.raises(click.ClickException, match="no account"):
        account.reset_account("zed", store=store, site="http://127.0.0.1")
    with pytest.raises(click.ClickException, match="taken"):
        account.add_account("ANN", store=store, role="reader", site="http://127.0.0.1")


def test_a_port_that_is_taken_is_told_before_anything_is_said(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv(serve.SECRET, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(click.UsageError, match="--port"):
        serve.serve_command(store=str(tmp_path / "x.db"), port=taken.getsockname()[1])
    assert capsys.readouterr().out == ""
