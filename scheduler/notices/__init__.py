"""Notices to people outside: mail, chats and webhooks through apprise, which only a child process ever loads."""
