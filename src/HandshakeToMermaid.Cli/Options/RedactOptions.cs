using System.CommandLine;
using System.CommandLine.Parsing;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Redaction;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Whether values that identify somebody are replaced, and by what.</summary>
internal sealed class RedactOptions
{
    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isAlways">True for a command that does nothing else, and has no option for it.</param>
    public RedactOptions(Command command, bool isAlways = false)
    {
        this.isAlways = isAlways;
        addresses.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "documentation", "prefix");
        if (!isAlways) command.Options.Add(redact);
        command.Options.Add(key);
        command.Options.Add(map);
        command.Options.Add(addresses);
        command.Options.Add(times);
        if (isAlways)
        {
            key.Description = "derive pseudonyms from the bytes of this file (16 or more), so that captures redacted with the same key share them; without it from a random key";
            return;
        }

        command.Validators.Add(RefuseAlone);
    }

    /// <summary>What the command line asks for; null where nothing is redacted.</summary>
    public ProductRedaction? Read(ParseResult parsed) => Settings(parsed) is { } options ? new ProductRedaction(new Redactor(options), parsed.GetValue(map)) : null;

    /// <summary>How values are replaced; null where they are not.</summary>
    public RedactionOptions? Settings(ParseResult parsed) => !isAlways && !parsed.GetValue(redact) ? null : new RedactionOptions
    {
        Key = parsed.GetValue(key) is { } path ? ReadKey(path) : null,
        Addresses = parsed.GetValue(addresses) == "prefix" ? AddressScheme.Prefix : AddressScheme.Documentation,
        ShiftsTimes = parsed.GetValue(times),
    };

    /// <summary>Where the pseudonyms are written for the owner; null for nowhere.</summary>
    public string? Map(ParseResult parsed) => parsed.GetValue(map);

    private void RefuseAlone(CommandResult result)
    {
        if (result.GetValue(redact)) return;
        foreach (var option in (Option[])[key, map, addresses, times])
        {
            if (result.GetResult(option) is { Implicit: false }) result.AddError($"{option.Name} needs --redact.");
        }
    }

    private static byte[] ReadKey(string path) => InputFile.Read(
        $"the redaction key {path}",
        path,
        file =>
        {
            var bytes = new byte[LongestKey + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length is < ShortestKey or > LongestKey) throw new UsageException($"the redaction key {path} must have {ShortestKey} to {LongestKey} bytes: head -c 32 /dev/urandom > {path}");
            return bytes[..length];
        },
        static sentence => new UsageException(sentence));

    private readonly bool isAlways;

    private readonly Option<bool> redact = new("--redact")
    {
        Description = "replace addresses, names, certificates' values, session IDs, request paths and text of peers by pseudonyms; nothing is written if an original is left",
    };

    private readonly Option<string?> key = new("--redact-key")
    {
        Description = "derive pseudonyms from the bytes of this file (16 or more), so that captures redacted with the same key share them; without it they are numbered",
        HelpName = "FILE",
    };

    private readonly Option<string?> map = new("--redact-map") { Description = "write each original and its pseudonym to this file, readable only by its owner", HelpName = "FILE.json" };

    private readonly Option<string?> addresses = new("--redact-addresses")
    {
        Description = "replace addresses by those for documentation (the default), or so that common prefixes stay common (prefix: Crypto-PAn)",
        HelpName = "documentation|prefix",
    };

    private readonly Option<bool> times = new("--redact-times") { Description = "shift all times and dates so that the first connection begins in the year 2000" };

    private const int ShortestKey = 16;
    private const int LongestKey = 4096;
}
