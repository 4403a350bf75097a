# Everything one can run. `just ci` runs what a change must pass.

# What a change must pass, in order
ci:
    .ci/run

fmt:
    cargo fmt --all

lint:
    cargo clippy --workspace --all-targets --all-features -- -D warnings

doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --all-features --no-deps

test:
    cargo test --workspace

# Store new compiler messages for wrong handlers
ui:
    TRYBUILD=overwrite cargo test -p lambda-rt --test ui

# The loop under AWS's Runtime Interface Emulator and cargo lambda, both fetched from PyPI
peers:
    cargo test -p e2e --features peers --test peers

# Seconds of fuzzing per target
fuzz seconds="30":
    cd fuzz && for target in $(cargo fuzz list); do RUSTC_BOOTSTRAP=1 cargo fuzz run "$target" -- -max_total_time={{seconds}} || exit 1; done

# The table of measurements beside lambda_runtime
bench *flags:
    benches/run {{flags}}
