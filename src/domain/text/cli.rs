//! What the command line alone says. Data only.

use super::texts;

texts! {
    cli_print {
        lost(said: String),
    }
    cli_check {
        OK, CREDENTIALS, credentials_said(said: Phrase), configuration(said: Phrase), reach(fault: Phrase),
        other(fault: Phrase), service(service: String, fault: Phrase), proxy(proxy: String),
        waits(name: String, wait: Duration),
    }
    cli_do {
        credentials(name: String), credentials_variable(from: String), credentials_program(from: String),
        no_secret_variable(from: String), no_secret_program(from: String), no_secret(name: String, form: String),
        credentials_cloud(name: String), no_secret_cloud(name: String),
        reach(endpoint: String), SERVICE, not_understood(endpoint: String), QUOTA, REFUSED, CONFIGURATION,
    }
    cli_wait {
        KEYRING, STDIN,
    }
    cli_ask {
        provider(known: String), NAME, replace(name: String), remove(name: String, file: String), SWAP,
        unprotect(kind: String, name: String, account: String),
    }
    cli_add {
        found_at(provider: String, place: Phrase), stored(name: String, store: Phrase),
        written(name: String, file: String), replaced(name: String, file: String), NOT_USABLE, exists(name: String),
        foreign(option: String, provider: String, known: String), UNCONFIRMED,
    }
    cli_need {
        provider(known: String), value(option: String, what: Phrase), secret(secret: Phrase), STDIN,
    }
    cli_list {
        NAME, PROVIDER, ENDPOINT, SECRET, NONE, cut(account: String, list: String, why: Phrase),
    }
    cli_remove {
        UNCONFIRMED, done(name: String, file: String), secret(name: String), secret_stays(name: String, said: Phrase),
    }
    cli_import {
        swapped(key: Count, private: Count), ONLY_ENV_FILE, CHOOSE,
        left(file: String), NOT_CHANGED, DEMO,
    }
    cli_watch {
        line(at: String, name: String, how: Phrase), NOTHING, nothing_of(target: String),
        ambiguous(target: String, candidates: String), still(name: String, account: String, age: Duration), READ_ONLY,
        account(account: String, fault: Phrase),
    }
    cli_left {
        rest(name: String, step: Phrase, program: String, op: String),
        wait(name: String, step: Phrase, program: String, op: String),
        open(name: String, step: Phrase, program: String, op: String),
        decide(name: String, step: Phrase, program: String, op: String),
        decide_once(name: String, step: Phrase, program: String, op: String), another(name: String, step: Phrase),
        broke_off(name: String, done: Count, of: Count),
    }
    cli_decide {
        none(op: String), no_account(op: String, account: String), over(how: Phrase), ANOTHER, NO_DOUBT,
        once(op: String), settled(name: String),
    }
    cli_allow {
        own(address: String, how: Phrase), which_rule(port: String, candidates: String),
        added(address: String, port: String, candidates: String), no_such_rule(port: String, candidates: String),
        WATCH_LINES, OFTEN, no_household(address: String), no_address(typed: String, why: Phrase),
    }
    cli_verb {
        what(verb: Verb, name: String, account: String), fact(fact: Phrase), change(sign: String, rule: String),
        warning(fact: Phrase), step(n: Count, step: Phrase), NOTHING_SENT, ASK, type_it(what: String),
        or(one: String, other: String), NEED_YES, need_confirm(what: String),
        not_confirmed(typed: String, what: String), INTERRUPTED, TIMED_OUT, ANSWERED,
        not_of(snapshot: String, name: String), nothing_too(name: String), refused(name: String, why: Phrase),
        request(step: Phrase, method: String, path: String), body(body: String),
    }
    cli_firewall {
        there(rule: String), not_there(rule: String), rule(text: String, what: Phrase), which_account(names: String),
        ON_TOLD, empty_file(file: String), mistakes(file: String, count: Count), NEED_FILE, EDIT_AGAIN,
    }
    cli_key {
        file(file: String, why: Phrase), name(name: String, why: Phrase), which_account(names: String),
        no_account(verb: Verb), NEED_YES,
    }
    cli_secret {
        newline(account: String, variable: String), api_key(name: String), api_secret(value: String),
        password(name: String, value: String), NOWHERE, kept(name: String, kept: Phrase),
        only_here(name: String, why: Phrase, value: String),
    }
    cli_find {
        none(target: String), none_read(target: String), cut(target: String, account: String, why: Phrase),
    }
    cli_protect {
        on(kind: String, name: String, account: String), off(kind: String, name: String, account: String),
        is(kind: String, name: String, account: String), is_not(kind: String, name: String, account: String),
        configured(name: String, file: String), UNCONFIRMED, not_kept(said: Phrase),
    }
    cli_cost {
        STATE, PLAN, HOURS, SO_FAR, AT_MOST, TOTAL, NOTE, as_of(account: String, as_of: String),
        minimum(account: String, yen: Count),
    }
    cli_create {
        which_account(names: String), plan_unfit(plan: String), plan_unfit_others(plan: String, names: String),
        which_plan(names: String), which_network(names: String), IMPORT_BY_URL, NO_IMPORT, WHICH_SOURCE, NO_PASSWORD,
    }
    cli_head {
        ACCOUNT, NAME, STATUS, ADDRESS, ID, OF, SIZE, TAKEN, ON, FAMILY, ACTIVE, KIND, IN_USE, CREATED, VCPUS, MEMORY,
        DISK, OS,
    }
    cli_value {
        YES, NO, UNKNOWN,
    }
    cli_things {
        NONE,
    }
    cli_journal {
        NONE, ASKED, OP, INTERRUPTED, HALTED, ANSWERED, ACCOUNT, WHAT, RESULT, TOOK, WHY,
    }
    cli_simulate {
        serves(url: String, speed: String), CONFIG, SECRET, no_port(port: String, said: String), NO_SIGNALS,
        no_file(known: String),
    }
}
