//! An axum router behind an HTTP API, and one that streams.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

use crate::function::{live, memory, spawn};
use crate::server::{ACCEPTED, Plan, event};
use crate::{median, micros};

/// What an HTTP API sends for a request of a browser.
const REQUEST: &str = r#"{"version":"2.0","routeKey":"$default","rawPath":"/hello/world","rawQueryString":"lang=en&ref=start","headers":{"accept":"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8","accept-encoding":"gzip, deflate, br","accept-language":"en-GB,en;q=0.7","cache-control":"max-age=0","content-length":"0","host":"k3x1example.execute-api.eu-west-1.amazonaws.com","sec-fetch-dest":"document","sec-fetch-mode":"navigate","sec-fetch-site":"none","upgrade-insecure-requests":"1","user-agent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0","x-amzn-trace-id":"Root=1-68f0c1aa-5f1d2c3b4a59687766554433","x-forwarded-for":"192.0.2.33","x-forwarded-port":"443","x-forwarded-proto":"https"},"cookies":["session=5a2c9b1e","theme=dark"],"queryStringParameters":{"lang":"en","ref":"start"},"requestContext":{"accountId":"123456789012","apiId":"k3x1example","domainName":"k3x1example.execute-api.eu-west-1.amazonaws.com","domainPrefix":"k3x1example","http":{"method":"GET","path":"/hello/world","protocol":"HTTP/1.1","sourceIp":"192.0.2.33","userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},"requestId":"SbJ1xjUADoEEM2g=","routeKey":"$default","stage":"$default","time":"16/Oct/2025:09:12:42 +0000","timeEpoch":1760605962123},"isBase64Encoded":false}"#;

/// The same to a function URL, for the path that streams.
fn of_function_url() -> String {
    REQUEST
        .replace("/hello/world", "/stream")
        .replace(".execute-api.eu-west-1.amazonaws.com", ".lambda-url.eu-west-1.on.aws")
}

fn program(name: &str) -> PathBuf {
    Path::new("target/release").join(name)
}

/// CPU per request, binary and memory of the router.
pub fn requests(rounds: usize) {
    let names = ["http-ours", "http-theirs", "http-theirs-multi"];
    let mut cpu = [const { [const { Vec::new() }; 2] }; 3];
    let mut peak = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        for (column, name) in names.into_iter().enumerate() {
            for (kind, gap, count) in [(0, Duration::from_millis(2), 400), (1, Duration::ZERO, 3000)] {
                let plan =
                    Plan { gap, phases: vec![REQUEST.as_bytes().to_vec(); 2], counts: vec![100, count] };
                let life = live(&program(name), plan);
                let told = String::from_utf8_lossy(&life.last[1]).into_owned();
                assert!(told.is_empty() || told.contains("Hello, world!"), "{name}: {told}");
                cpu[column][kind].push(micros(life.cpu[1]));
                peak[column].push(life.peak_kib as f64);
            }
        }
    }
    let figures = |kind: usize| std::array::from_fn(|column| median(&mut cpu[column][kind].clone()));
    row("axum behind an HTTP API, CPU per request, 2 ms apart, µs", figures(0), "0.60", "0.40");
    row("axum behind an HTTP API, CPU per request, back to back, µs", figures(1), "", "");
    let size = |name: &str| std::fs::metadata(program(name)).expect("built").len() as f64 / 1024.0;
    row("axum behind an HTTP API, binary, KiB", names.map(size), "0.80", "");
    row("axum behind an HTTP API, peak memory, KiB", peak.map(|mut values| median(&mut values)), "", "");
}

fn row(what: &str, [ours, theirs, multi]: [f64; 3], must: &str, aim: &str) {
    println!("| {what} | {ours:.1} | {theirs:.1} | {multi:.1} | | | {:.2} | {must} | {aim} |", ours / theirs);
}

/// How much more memory a function takes for a stream of 100 MB than it has when it is idle.
pub fn streams(rounds: usize) {
    let [ours, theirs] = ["stream-ours", "stream-theirs"].map(|name| {
        let mut grown: Vec<f64> = (0..rounds).map(|_| growth(&program(name))).collect();
        median(&mut grown)
    });
    println!(
        "| stream of 100 MB, peak over idle, KiB (absolute: 8192) | {ours:.0} | {theirs:.0} | | | | {:.2} | | |",
        ours / theirs
    );
}

/// In KiB.
fn growth(program: &Path) -> f64 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
    let address = listener.local_addr().expect("address").to_string();
    let mut child = spawn(program, &address, &[]);
    let (idle, peak) = stream_twice(&listener, &child).expect("a stream");
    child.kill().expect("kill");
    child.wait().expect("wait");
    (peak - idle) as f64
}

/// Has the function stream twice, and says how much memory it had before, idle, and at most.
fn stream_twice(listener: &TcpListener, child: &Child) -> std::io::Result<(u64, u64)> {
    let (mut idle, mut streamed) = (None, 0);
    loop {
        let (stream, _) = listener.accept()?;
        stream.set_nodelay(true)?;
        let mut reader = BufReader::with_capacity(256 * 1024, stream);
        let mut line = String::new();
        while reader.read_line(&mut line)? != 0 {
            let poll = line.starts_with("GET ");
            while line != "\r\n" {
                line.clear();
                reader.read_line(&mut line)?;
            }
            line.clear();
            if poll {
                idle.get_or_insert_with(|| memory(child, "VmRSS:"));
                if streamed == 2 {
                    return Ok((idle.unwrap_or_default(), memory(child, "VmHWM:")));
                }
                reader.get_mut().write_all(&event(of_function_url().as_bytes()))?;
                continue;
            }
            let bytes = chunked(&mut reader)?;
            assert!(bytes >= 100_000_000, "{bytes} bytes");
            streamed += 1;
            reader.get_mut().write_all(ACCEPTED)?;
        }
    }
}

/// Reads a body in chunks to its end, and says how long it was.
fn chunked(reader: &mut impl BufRead) -> std::io::Result<u64> {
    let (mut line, mut bytes) = (String::new(), 0);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let size = u64::from_str_radix(line.trim(), 16).map_err(std::io::Error::other)?;
        bytes += size;
        std::io::copy(&mut reader.by_ref().take(size), &mut std::io::sink())?;
        // What ends a chunk, or trailers and the body.
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            if line == "\r\n" {
                break;
            }
        }
        if size == 0 {
            return Ok(bytes);
        }
    }
}
