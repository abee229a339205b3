using System.CommandLine;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Names that the user gives to addresses.</summary>
internal sealed class NameOptions
{
    public NameOptions(Command command)
    {
        command.Options.Add(name);
        command.Options.Add(names);
    }

    /// <summary>The names; one given on the command line wins over one from a file.</summary>
    public IReadOnlyDictionary<IpAddress, string> Read(ParseResult parsed)
    {
        var all = new Dictionary<IpAddress, string>();
        foreach (var file in parsed.GetValue(names) ?? []) ReadHosts(file, all);
        foreach (var pair in parsed.GetValue(name) ?? [])
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            if (cut < 1 || cut == pair.Length - 1 || IpAddress.Parse(pair[..cut]) is not { } address)
                throw new UsageException($"--name takes ADDRESS=NAME, such as 192.0.2.10=laptop; '{pair}' is not one.");
            all[address] = pair[(cut + 1)..];
        }
        return all;
    }

    /// <summary>hosts(5): an address, then names, of which the first counts; # begins a comment.</summary>
    private static void ReadHosts(string file, Dictionary<IpAddress, string> all)
    {
        foreach (var line in InputFile.Read($"the file of names {file}", file, Lines, static sentence => new UsageException(sentence)))
        {
            var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && IpAddress.Parse(words[0]) is { } address) all.TryAdd(address, words[1]);
        }
    }

    private static string[] Lines(FileStream file)
    {
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n');
    }

    private readonly Option<string[]> name = new("--name") { Description = "name to show for an address", HelpName = "ADDRESS=NAME" };

    private readonly Option<string[]> names = new("--names") { Description = "file of names in the format of /etc/hosts", HelpName = "FILE" };
}
