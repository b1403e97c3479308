"""Address of the messages page."""

from django.urls import path

from teduh.chat import views

app_name = "chat"
urlpatterns = [path("", views.messages, name="messages")]
