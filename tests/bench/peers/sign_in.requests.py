"""Signs in and out of tests/bench/target.cpp:  sign_in.requests.py URL TIMES"""
import sys

import bs4
import requests

url, times = sys.argv[1], int(sys.argv[2])


def entries(form):
    return {field["name"]: field.get("value", "") for field in form.select("input[name]")}


for _ in range(times):
    with requests.Session() as session:
        form = bs4.BeautifulSoup(session.get(url + "/sign-in").text, "html.parser").form
        filled = entries(form) | {"email": "ada@example.com", "password": "correct horse"}
        dashboard = session.post(url + form["action"], data=filled)
        page = bs4.BeautifulSoup(dashboard.text, "html.parser")
        assert dashboard.url.endswith("/dashboard") and "Welcome, Ada" in page.main.text
        form = page.select_one("#sign-out")
        assert session.post(url + form["action"], data=entries(form)).url.endswith("/sign-in")
