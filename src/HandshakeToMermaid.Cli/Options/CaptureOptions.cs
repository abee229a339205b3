using System.CommandLine;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Capture.PcapNg;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Rights;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Which interface is captured from, how, and what is stored of it.</summary>
internal sealed class CaptureOptions
{
    public CaptureOptions(Command command)
    {
        command.Options.Add(name);
        command.Options.Add(filter);
        command.Options.Add(keyLog);
        privateKeys = new PrivateKeyOption(command);
        command.Options.Add(write);
        command.Options.Add(snapLength);
        command.Options.Add(buffer);
        command.Options.Add(notPromiscuous);
        command.Options.Add(timeout);
        command.Options.Add(quiet);
        memory = new MemoryOption(command);
    }

    /// <summary>True where only the product is wanted.</summary>
    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(quiet);

    /// <summary>Where packets are stored; null for nowhere.</summary>
    public string? WrittenTo(ParseResult parsed) => parsed.GetValue(write);

    /// <summary>The settings of its analysis.</summary>
    public AnalyzerOptions Analyzer(ParseResult parsed) => new()
    {
        PrivateKeys = privateKeys.Read(parsed),

        // What runs for weeks is bounded lower than a file's reading.
        Limits = memory.Read(parsed, AnalyzerLimits.Default with { OpenFlows = 100_000 }),
        HandshakeTimeout = Duration.FromSeconds(parsed.GetValue(timeout).TotalSeconds),
    };

    /// <summary>Begins to capture.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="usual">The interface where none is named.</param>
    /// <param name="more">Key logs that are followed besides those that the command line names.</param>
    /// <param name="account">Whose the stored packets are to be; null for this process's user.</param>
    public RecordedCapture Open(ParseResult parsed, Func<string?> usual, IReadOnlyList<string> more, Account? account)
    {
        var chosen = parsed.GetValue(name) ?? usual() ?? throw new UsageException("There is no default route; name an interface with -i, 'h2m interfaces' lists them.");
        var keyLogs = more.Concat(KeyLogs(parsed)).ToList();
        foreach (var path in keyLogs) InputFile.RefuseDevice($"the key log {path}", path, static sentence => new KeyLogException(sentence));
        var live = LiveCapture.Open(new LiveOptions
        {
            Interface = chosen,
            Filter = parsed.GetValue(filter),
            SnapLength = parsed.GetValue(snapLength),
            BufferBytes = parsed.GetValue(buffer) * 1024 * 1024,
            IsPromiscuous = !parsed.GetValue(notPromiscuous),
        });
        try
        {
            var path = parsed.GetValue(write);
            var writer = path is null ? null : Writer(path, live, parsed.GetValue(filter), account);
            List<KeyLogFollower> followers = [.. keyLogs.Select(static k => new KeyLogFollower(k))];

            // While it may: what follows is done with lesser rights.
            foreach (var follower in followers) follower.TryOpen();
            return new RecordedCapture(live, followers, writer, path);
        }
        catch
        {
            live.Dispose();
            throw;
        }
    }

    private static PcapNgWriter Writer(string path, LiveCapture live, string? filter, Account? account)
    {
        try
        {
            using var identity = FileIdentity.Of(account);
            return PcapNgWriter.Create(path, live.Name, live.SnapLength, filter);
        }
        catch (UnauthorizedAccessException) when (account is { IsAlmighty: false })
        {
            return Writer(path, live, filter, null);
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            throw new OutputException($"{path} cannot be written: {FileFailure.Reason(e, path)}.", e);
        }
    }

    private IEnumerable<string> KeyLogs(ParseResult parsed)
    {
        foreach (var given in parsed.GetValue(keyLog) ?? [])
        {
            if (given != "env") yield return given;
            else if (Environment.GetEnvironmentVariable("SSLKEYLOGFILE") is { Length: > 0 } path) yield return path;
            else throw new UsageException("--key-log env needs SSLKEYLOGFILE, which is not set.");
        }
    }

    private readonly MemoryOption memory;

    private readonly PrivateKeyOption privateKeys;

    private readonly Option<string?> name = new("--interface", "-i") { Description = "interface to capture from (default: that of the default route; any for all)", HelpName = "NAME" };

    private readonly Option<string?> filter = new("--filter") { Description = "only packets that match this BPF expression (tcpdump syntax)", HelpName = "BPF" };

    private readonly Option<string[]> keyLog = new("--key-log") { Description = "TLS key log (SSLKEYLOGFILE) to decrypt with; followed while it grows; env for the file named by SSLKEYLOGFILE", HelpName = "FILE" };

    private readonly Option<string?> write = new("--write", "-w") { Description = "save the packets and the secrets in this pcapng file", HelpName = "FILE.pcapng" };

    private readonly Option<int> snapLength = Bounded("--snaplen", "bytes captured of each packet", "BYTES", 262_144, 64, 262_144);

    private readonly Option<int> buffer = Bounded("--buffer", "size of the kernel's capture buffer; a larger one drops fewer packets in bursts", "MIB", 64, 1, 2047);

    private readonly Option<bool> notPromiscuous = new("--no-promiscuous") { Description = "do not use promiscuous mode" };

    private readonly Option<TimeSpan> timeout = Spans.Option("--timeout", "report a stalled handshake as timed out after this time (default: 10s)", TimeSpan.FromSeconds(10));

    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "print nothing but errors on standard error" };

    private static Option<int> Bounded(string name, string description, string unit, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} ({least} to {most})", HelpName = unit, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var given) && (given < least || given > most)) result.AddError($"{name} takes {least} to {most}.");
        });
        return option;
    }
}
