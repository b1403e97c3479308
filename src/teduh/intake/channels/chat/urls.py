"""Addresses of a conversation: where it begins, and the counsellor's desk."""

from django.urls import path

from teduh.intake.channels.chat.views import attaching, begin, desk, sent, standing

public_patterns = [
    path("tanya/", begin.ask, name="ask"),
    path("tanya/tersimpan/", begin.asked, name="asked"),
    path("status/pesan/berkas/", attaching.attaching, name="attaching"),
    path("status/pesan/kiriman/", sent.sent, name="sent"),
    path("status/pesan/keadaan/", standing.standing, name="standing"),
]
desk_patterns = [
    path("obrolan/", desk.chats, name="chats"),
    path("obrolan/daftar/", desk.rows, name="chat_rows"),
    path("obrolan/beban/", desk.loads, name="chat_loads"),
    path("obrolan/<str:number>/", desk.column, name="chat"),
    path("obrolan/<str:number>/kirim/", desk.send, name="chat_send"),
    path("obrolan/<str:number>/langkah/", desk.step, name="chat_step"),
]
