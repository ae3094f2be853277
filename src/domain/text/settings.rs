//! What is wrong with a configuration, credentials to import or a secret, and what accounts are asked for. Data only.

use super::texts;

texts! {
    mistake {
        missing(accepted: Phrase), unfit(given: Phrase, accepted: Phrase), quoted(text: String),
        not_known(given: String, accepted: Phrase), unknown_key(accepted: Phrase), accepted(all: String),
        meant(meant: String, all: String), EMPTY, empty(accepted: Phrase), toml(said: String),
        no_duration(given: String),
        out_of_range(given: String, least: String, most: String), NOTHING, TABLE, TABLES, TEXT, NUMBER, DECIMAL, YES_NO,
        DATE, LIST, QUOTED, TEXTS, section(label: String), sections(name: String, label: String), KEYS,
        whole(least: Count, most: Count), ACCOUNT_NAME, account_taken(name: String, line: Count),
        name_odd(name: String, most: Count), SECRET_HERE, ONE_PLACE, ENV, COMMAND, NO_SUCH_PLACE,
        secret(why: Phrase, env: String, command: String), COMMAND_NAME, long(most: Count), program(form: String),
        program_fixed(accepted: Phrase), no_placeholder(name: String, accepted: Phrase), INSTANCE,
        probe(http: String, https: String), never_reached(accepted: Phrase), no_port(accepted: Phrase), HYPHEN,
        ONE_LINE,
        TWO_SOURCES, plain_source(host: String), TWICE, source(n: Count, what: Phrase), beside(other: String),
        not_v3(address: String), CREDENTIAL_TYPE, CREDENTIAL_PROJECT, CREDENTIAL_USER,
    }
    endpoint {
        NO_ADDRESS, plain(host: String), CREDENTIALS, QUERY, no_url(address: String, said: String),
        no_server(address: String),
    }
    file {
        unreadable(file: String, said: Phrase), not_written(file: String, said: String), shape(file: String), NOT_UTF8,
        NO_HOME, no_configuration(file: String), HEADER,
    }
    account {
        none(name: String), none_of(name: String, known: String), exists(name: String), SECRET, NOT_CONFIGURED,
        NO_KEYS, NOT_IN_FILE, NO_PROVIDER,
        no_key(name: String, key: String), no_region(name: String, region: String, provider: String, known: String),
        wrong(name: String, key: String, what: Phrase),
    }
    login {
        API_ADDRESS, API_KEY, REGION, TENANT, USERNAME, IDENTITY, COMPUTE, IMAGE, NETWORK, PRIVATE_KEY, PASSWORD,
        KEY_MANAGEMENT, API_PAGE, REGION_OF_3, TENANT_NAME, API_USER_ID, DOMAIN_OF_USER, DOMAIN_OF_TENANT,
        COMPUTE_OF_3, API_PAGE_OF_3,
        AUTH_URL, USER, USER_ID, USER_DOMAIN, USER_DOMAIN_ID, PROJECT, PROJECT_ID, PROJECT_DOMAIN, PROJECT_DOMAIN_ID,
        CREDENTIAL_ID, CREDENTIAL_NAME, AUTH_TYPE, REGION_OF_SEVERAL, INTERFACE, CATALOGUE_COMPUTE, CATALOGUE_IMAGE,
        CATALOGUE_NETWORK, CATALOGUE_VOLUME, VOLUME, CA_FILE, PASSWORD_OR_SECRET, API_ACCESS, USER_OR_ID, PROJECT_OR_ID,
    }
    terminal {
        NEEDED, NOT_CONFIGURED, unusable(said: String),
    }
    import {
        no_yaml(name: String, line: String), NO_CLOUDS, which_cloud(known: String),
        no_cloud(name: String, known: String),
        profile(name: String), OPENRC, line_missing(name: String, key: String, private: String),
        line_empty(line: Count, name: String), shell(line: Count, name: String), variable(name: String),
        PROJECT_VARIABLE, PROJECT, PROJECT_VARIABLES, PROJECT_KEYS, secret(name: String), insecure(said: String),
        no_file(looked: String), other_account(name: String), of_cloud(name: String, what: Phrase),
    }
    elsewhere {
        address(url: String, provider: String, names: String),
        identity(url: String, version: Phrase, provider: String, known: String),
        NO_VERSION, region(region: String, provider: String, known: String),
        no_service(host: String, kind: String, region: String),
        other_regions(host: String, kind: String, region: String, regions: String),
        which_region(host: String, kind: String, regions: String), no_such_service(host: String, kind: String),
        other_interfaces(host: String, kind: String, interface: String, interfaces: String),
    }
    secret_from {
        not_set(name: String), not_started(program: String, said: String),
        failed(program: String, status: String, said: Phrase), slow(program: String, seconds: Count),
        nothing(program: String), SILENT,
    }
    keyring {
        none(service: Phrase, kernel: Phrase, env: String, command: String), no_entry(store: Phrase, account: String),
        refused(said: Phrase), slow(seconds: Count, env: String), SECRET_SERVICE, KERNEL, NO_TEXT, SEVERAL, BROKE_OFF,
    }
}
