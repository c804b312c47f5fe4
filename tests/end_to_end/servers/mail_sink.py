"""Takes mail over SMTP, as a mail server does.

    mail_sink.py [ANSWER...]

Listens on a free port of 127.0.0.1 and prints it. Prints a line of JSON for each message that is offered: who it is from,
whom it is for, what it says, and the answer. Answers with each ANSWER in turn ("451 try later"), and then takes everything.
"""
import json
import socket
import sys
import threading

from aiosmtpd.controller import Controller

answers = sys.argv[1:]


class Handler:
    async def handle_DATA(self, server, session, envelope):
        answer = answers.pop(0) if answers else "250 taken"
        print(
            json.dumps(
                {
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "text": envelope.content.decode(),
                    "answer": answer,
                }
            ),
            flush=True,
        )
        return answer


listening = socket.socket()
listening.bind(("127.0.0.1", 0))
port = listening.getsockname()[1]
listening.close()
controller = Controller(Handler(), hostname="127.0.0.1", port=port)
controller.start()
print(port, flush=True)
threading.Event().wait()
