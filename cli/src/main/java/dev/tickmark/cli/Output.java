package dev.tickmark.cli;

/** How a result is printed; named as it is typed. */
enum Output {
    text,
    json
}
