//! What the dashboard alone says: commands, hints, header, menus, forms. Data only.

use super::texts;

texts! {
    command {
        ADD_KEY, CHANGE_KEY, CREATE_API_KEY, KEYS, API_KEYS, DELETE_FIREWALL, DELETE_KEY, DELETE_API_KEY, DOWN, UP, TOP,
        BOTTOM, HALF_PAGE_DOWN, HALF_PAGE_UP, PAGE_DOWN, PAGE_UP, NEXT_PANE, PREVIOUS_PANE, INSTANCES, SNAPSHOTS,
        FIREWALLS, IMAGES, OPERATIONS, OPEN, BACK, FILTER, ORDER, MARK, MARK_ALL, NEXT_PROBLEM, PREVIOUS_PROBLEM,
        ACTIONS, PALETTE, HELP, ACCOUNTS, WIDEN, REFRESH, COPY, RAW, QUIT, LEAVE, SUSPEND, REDRAW, TAKE_BACK, DECIDE,
        START, STOP, FORCE_STOP, REBOOT, DESTROY, TAKE_SNAPSHOT, RESTORE, RETAKE_SNAPSHOT, RESTORE_AS_NEW, ASSIGN,
        DETACH, CONSOLE, DELETE, SSH, CREATE_FIREWALL, EDIT_RULES, AGAIN, WATCH, REQUESTS, CREATE, PARK, RESIZE, CONFIRM_RESIZE, REVERT_RESIZE, CONSOLE_OUTPUT,
        ALLOW_MY_ADDRESS, COST, COMPARE, PROTECT,
    }
    hint {
        ADD_KEY, CHANGE_KEY, CREATE_API_KEY, START, STOP, REBOOT, SNAPSHOT, RESTORE, ACTIONS, FILTER, PROBLEM,
        COMMAND, HELP, FILTER_TYPED, CREATE_FIREWALL, EDIT_RULES, FORCE_STOP,
    }
    console_output {
        READING, NOTHING, follows(time: String), read(time: String),
    }
    does {
        CLOSES, MOVES, GOES_ON, DOES_IT, DOES_NOT, TAKES_BUTTON, SWITCHES_CHOICE, EDITS_NAME, SHOWS_REQUESTS,
        GOES_TO_IT, MOVE, SCROLL, ONLY_DIFFERENCES, ONLY_DIFFERENCES_OR_ALL, RUNS_IT, GOES, ALL_KEYS, OR_ITS_KEY,
        OR_ITS_NUMBER, STEP_BACK, TAKES_IT, TYPE_TO_FIND, CHOOSES, BACK, ANEW, KEEPS_IT, SWITCHES, IS_DONE, EDITS,
        REVIEWS, ADDS_RULE, REMOVES_RULE, UNDOES, TURNS_PRESET, OPENS_EDITOR, TAKES_OVER, SHOWN_ONCE, key(key: String,
        does: String), both(one: String, other: String), FOLLOWS,
    }
    help {
        CHOOSE,
    }
    group {
        MOVE, LOOK, ACT, PROGRAM,
    }
    header {
        DEMO, READ_ONLY, ACCOUNT_READ_ONLY, left(left: Count, of: Count), LEFT_ALONE, left_own(left: Count, of: Count),
        fault(fault: String), cut(list: String, why: Phrase), fault_age(fault: String, age: String), stale(age: String),
        up(count: Count), errors(count: Count), cost(yen: Yen), cost_unknown(yen: Yen, count: Count),

    }
    entry {
        KEY_TYPED, key(file: String, kind: String), key_comment(file: String, kind: String, comment: String), KEY_OFF,
        KEY_ON, KEY_RENAME, snapshot(name: String, age: Duration), AS_NEW, in_place(name: String), IN_PLACE_NONE,
        firewall_fixed(name: String), ordered(column: Phrase), ordered_reverse(column: Phrase),
        account(name: String, provider: String, up: Count, count: Count),
        account_cost(name: String, provider: String, up: Count, count: Count, yen: Yen),
        account_cost_unknown(name: String, provider: String, up: Count, count: Count, yen: Yen, unpriced: Count),
        account_fault(name: String, fault: Phrase), account_cut(name: String, list: String, why: Phrase),
    }
    copy {
        id(value: String), name(value: String), address(value: String), ssh(value: String), JSON, DONE,
        public(value: String), failed(said: String),
    }
    form {
        FILE, IMPORTS, field_full(most: String), missing(field: Phrase), OPTIONAL, SAVE, BUSY, NOT_IN_DEMO, not_saved(said: Phrase),
        no_login(fault: Phrase), no_service(service: String, fault: Phrase), not_imported(file: String, said: Phrase),
        saved(account: String),
    }
    welcome {
        WHAT, NONE, DEMO, NEW, IMPORT, QUIT,
    }
    tip {
        OFF, MOVE, STOP, OPERATIONS, FILTER, SNAPSHOT, PROBLEM, ACTIONS, HELP,
    }
    time {
        LATE, LATE_SHORT, about(time: Duration), exactly(time: Duration),
    }
    problem {
        keys(next: String), NONE,
    }
    refresh {
        NOW, rest_later(wait: Duration), later(wait: Duration),
    }
    raw {
        NONE,
    }
    requests {
        NONE, NO_LIMIT, renewed(left: Phrase, wait: Duration),
    }
    attempt {
        OPEN, none(said: Phrase), id(id: String), nth(nth: Count),
    }
    compare {
        TWO, RAW, rules(name: String), differ(count: Count), SAME,
    }
    keymap {
        NO_COMMAND, no_key(typed: String), no_pane(name: String, known: String),
        twice(key: String, one: String, other: String),
    }
    notify {
        line(verb: Verb, name: String, how: Phrase), DONE, FAILED, CANCELLED, UNKNOWN, WAITS, under_way(count: Count),
    }
    crash {
        ended(said: String), at(place: String), JOURNAL,
    }
    take_back {
        NOTHING,
    }
}
