// Alerts as chats and on-call services want them. What an app says in one never becomes a link, a mention or a command.
// Pure.
#pragma once

#include "base/secret.h"
#include "watch/notify/payload.h"

namespace murphy::watch {

// For an incoming webhook of Slack (https://api.slack.com/messaging/webhooks), in blocks of plain text.
AlertPost slack_post(const Alert& alert);

// For a workflow of Microsoft Teams: a message with an Adaptive Card 1.4 (https://adaptivecards.io/explorer/).
AlertPost teams_post(const Alert& alert);

// For the Events API of PagerDuty, version 2
// (https://developer.pagerduty.com/docs/ZG9jOjExMDI5NTgx-send-an-alert-event). The body holds the key.
AlertPost pagerduty_post(const Alert& alert, const Secret& key);

} // namespace murphy::watch
