//! `lambda-emulator [options] -- bootstrap [arguments]`: a local Lambda for one function.

use std::num::NonZeroU32;
use std::process::ExitCode;
use std::time::Duration;

use lambda_emulator::{Bootstrap, Emulator};
use tokio::signal::unix::{SignalKind, signal};

const HELP: &str = "\
A local AWS Lambda for one function.

Usage: lambda-emulator [options] -- BOOTSTRAP [ARGUMENTS]

  --port N         listen on 127.0.0.1:N (default 9000; 0 takes any free port)
  --timeout N      the function's timeout in seconds (default 3)
  --memory N       the function's memory in MB, reported and not enforced (default 128)
  --name NAME      the function's name (default: function)
  --concurrency N  a managed instance: many events at once, as many as the function polls
                   for; it finds N in AWS_LAMBDA_MAX_CONCURRENCY
  --snapstart      start the bootstrap ahead of the first invocation, and restore it from
                   its snapshot (restore/next) when that comes
  --help           this text

The bootstrap is started for the first invocation, killed when one times out, and started
again for the next; a managed instance is started at once and not again. SIGINT and SIGTERM end both. AWS_REGION is passed on, us-east-1 if unset.
";

/// What the command line asks for.
struct Options {
    port: u16,
    timeout: u64,
    memory: u32,
    name: String,
    concurrency: Option<u32>,
    snapstart: bool,
    bootstrap: Vec<String>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().take_while(|argument| *argument != "--").any(|argument| argument == "--help") {
        say(HELP);
        return ExitCode::SUCCESS;
    }
    let run = parse(arguments).and_then(|options| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| error.to_string())?.block_on(run(options))
    });
    match run {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&format!("lambda-emulator: {message}\nTry --help.\n"));
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: Vec<String>) -> Result<Options, String> {
    let mut options = Options {
        port: 9000,
        timeout: 3,
        memory: 128,
        name: "function".to_owned(),
        concurrency: None,
        snapstart: false,
        bootstrap: Vec::new(),
    };
    let mut arguments = arguments.into_iter();
    while let Some(name) = arguments.next() {
        if name == "--" {
            options.bootstrap = arguments.collect();
            break;
        }
        if name == "--snapstart" {
            options.snapstart = true;
            continue;
        }
        if !["--port", "--timeout", "--memory", "--name", "--concurrency"].contains(&name.as_str()) {
            return Err(format!("{name} is no option; the bootstrap follows after --"));
        }
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let bad = |expected: &str| format!("{name} is {value:?}; it must be {expected}");
        match name.as_str() {
            "--port" => options.port = value.parse().map_err(|_| bad("a port from 0 to 65535"))?,
            "--timeout" => options.timeout = value.parse().map_err(|_| bad("a number of seconds"))?,
            "--memory" => options.memory = value.parse().map_err(|_| bad("a number of megabytes"))?,
            "--concurrency" => {
                let number = value.parse::<NonZeroU32>().map_err(|_| bad("a number from 1"))?;
                options.concurrency = Some(number.get());
            }
            _ => options.name = value,
        }
    }
    if options.snapstart && options.concurrency.is_some() {
        return Err("--snapstart and --concurrency exclude each other".to_owned());
    }
    match options.bootstrap.is_empty() {
        true => Err("there is no bootstrap; it follows after --".to_owned()),
        false => Ok(options),
    }
}

async fn run(options: Options) -> Result<(), String> {
    let (program, arguments) = options.bootstrap.split_first().ok_or("there is no bootstrap")?;
    let bootstrap =
        arguments.iter().fold(Bootstrap::new(program), |bootstrap, argument| bootstrap.arg(argument));
    let mut builder = Emulator::builder();
    if let Some(concurrency) = options.concurrency {
        builder = builder.max_concurrency(concurrency);
    }
    if options.snapstart {
        builder = builder.initialization_type("snap-start");
    }
    let emulator = builder
        .bind(([127, 0, 0, 1], options.port).into())
        .timeout(Duration::from_secs(options.timeout))
        .memory_mb(options.memory)
        .function_name(options.name)
        .region(region())
        .bootstrap(bootstrap)
        .start()
        .await
        .map_err(|error| error.to_string())?;
    say(&format!("A local Lambda at http://{0}/\n\n    curl http://{0}/ -d '{{}}'\n\n", emulator.addr()));
    ended().await.map_err(|error| error.to_string())
}

/// The developer's own, so that the function finds what the developer's credentials give access to.
fn region() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    set("AWS_REGION").or_else(|| set("AWS_DEFAULT_REGION")).unwrap_or_else(|| "us-east-1".to_owned())
}

/// Waits for SIGINT or SIGTERM.
async fn ended() -> std::io::Result<()> {
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    std::future::poll_fn(|cx| match interrupted.poll_recv(cx) {
        std::task::Poll::Pending => terminated.poll_recv(cx),
        ready => ready,
    })
    .await;
    Ok(())
}

/// stdout belongs to the function.
fn say(text: &str) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(text.as_bytes());
}
