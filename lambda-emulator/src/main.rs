//! `lambda-emulator [options] -- bootstrap [arguments]`: a local Lambda for one function.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::task::Poll;
use std::time::Duration;

use lambda_emulator::{Bootstrap, Emulator, Front, ShutdownReason};
use tokio::signal::unix::{Signal, SignalKind, signal};

const HELP: &str = "\
A local AWS Lambda for one function.

Usage: lambda-emulator [options] -- BOOTSTRAP [ARGUMENTS]

  --port N          listen on 127.0.0.1:N (default 9000; 0 takes any free port)
  --timeout N       the function's timeout in seconds (default 3)
  --memory N        the function's memory in MB, reported and not enforced (default 128)
  --front FRONT     make events of HTTP requests as function-url or api-gateway-v2 does
  --limit-bandwidth let streams pass as the service does: 6 MiB at once, then 2 MiB a second
  --name NAME       the function's name (default: function)
  --extensions DIR  start every file of DIR as an extension, before the bootstrap
  --concurrency N   a managed instance: many events at once, as many as the function polls
                    for; it finds N in AWS_LAMBDA_MAX_CONCURRENCY
  --snapstart       start the bootstrap ahead of the first invocation, and restore it from
                    its snapshot (restore/next) when that comes
  --help            this text

The bootstrap is started for the first invocation, ended when one times out, and started
again for the next; a managed instance is started at once and not again. SIGINT and SIGTERM
shut everything down as Lambda does: extensions have two seconds, and a second signal ends
that too. AWS_REGION is passed on, us-east-1 if unset.
";

/// What the command line asks for.
struct Options {
    port: u16,
    timeout: u64,
    memory: u32,
    name: String,
    front: Option<Front>,
    limit_bandwidth: bool,
    extensions: Option<PathBuf>,
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
        front: None,
        limit_bandwidth: false,
        extensions: None,
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
        let switch = match name.as_str() {
            "--snapstart" => Some(&mut options.snapstart),
            "--limit-bandwidth" => Some(&mut options.limit_bandwidth),
            _ => None,
        };
        if let Some(switch) = switch {
            *switch = true;
            continue;
        }
        if !["--port", "--timeout", "--memory", "--name", "--front", "--extensions", "--concurrency"]
            .contains(&name.as_str())
        {
            return Err(format!("{name} is no option; the bootstrap follows after --"));
        }
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let bad = |expected: &str| format!("{name} is {value:?}; it must be {expected}");
        match name.as_str() {
            "--port" => options.port = value.parse().map_err(|_| bad("a port from 0 to 65535"))?,
            "--timeout" => options.timeout = value.parse().map_err(|_| bad("a number of seconds"))?,
            "--memory" => options.memory = value.parse().map_err(|_| bad("a number of megabytes"))?,
            "--front" => {
                options.front = Some(value.parse().map_err(|()| bad("function-url or api-gateway-v2"))?);
            }
            "--extensions" => options.extensions = Some(value.into()),
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
    builder = builder
        .bind(([127, 0, 0, 1], options.port).into())
        .timeout(Duration::from_secs(options.timeout))
        .memory_mb(options.memory)
        .function_name(options.name)
        .region(region())
        .bootstrap(bootstrap);
    if let Some(front) = options.front {
        builder = builder.front(front);
    }
    if options.limit_bandwidth {
        builder = builder.limited_bandwidth();
    }
    if let Some(directory) = options.extensions {
        builder = builder.extensions_directory(directory);
    }
    let emulator = builder.start().await.map_err(|error| error.to_string())?;
    let mut signals = Signals::new().map_err(|error| error.to_string())?;
    say(&format!("A local Lambda at http://{0}/\n\n    curl http://{0}/ -d '{{}}'\n\n", emulator.addr()));
    signals.next().await;
    either(emulator.shut_down(ShutdownReason::Spindown), signals.next()).await;
    Ok(())
}

/// The developer's own, so that the function finds what the developer's credentials give access to.
fn region() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    set("AWS_REGION").or_else(|| set("AWS_DEFAULT_REGION")).unwrap_or_else(|| "us-east-1".to_owned())
}

/// SIGINT and SIGTERM.
struct Signals {
    interrupted: Signal,
    terminated: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        let (interrupted, terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(Self { interrupted, terminated })
    }

    async fn next(&mut self) {
        either(self.interrupted.recv(), self.terminated.recv()).await;
    }
}

/// Waits for whichever is first.
async fn either<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    std::future::poll_fn(|cx| match (one.as_mut().poll(cx), other.as_mut().poll(cx)) {
        (Poll::Pending, Poll::Pending) => Poll::Pending,
        _ => Poll::Ready(()),
    })
    .await;
}

/// stdout belongs to the function.
fn say(text: &str) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(text.as_bytes());
}
