using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>The rooms of the library and the one way through them: nothing flows back.</summary>
public sealed partial class RoomsTests
{
    /// <summary>Room, and the rooms whose types it may name. A protocol room may also name its own subfolders.</summary>
    private static readonly (string Room, string[] MayImport)[] Table =
    [
        ("Wire", []),
        ("Capture", ["Wire"]),
        ("Packets", ["Wire", "Capture"]),
        ("Streams", ["Wire", "Capture", "Packets"]),
        ("Protocols", ["Wire", "Capture", "Packets", "Streams"]),
        ("Timeline", ["Capture", "Packets", "Streams", "Protocols"]),
        ("Diagnosis.Rules", ["Capture", "Packets", "Streams", "Protocols", "Protocols.*", "Timeline", "Diagnosis"]),
        ("Diagnosis.Evidence", ["Capture", "Packets", "Streams", "Protocols", "Protocols.*", "Timeline", "Diagnosis"]),
        ("Diagnosis", ["Capture", "Packets", "Protocols", "Timeline"]),
        ("Diagrams", ["Capture", "Packets", "Streams", "Protocols", "Timeline", "Diagnosis", "Templating"]),
    ];

    /// <summary>Protocols that carry TLS may see it, never the reverse.</summary>
    private static readonly string[] CarriersOfTls = ["Dtls", "Quic", "StartTls", "Proxies", "Http"];

    [Fact]
    public void Every_room_imports_only_what_flows_into_it()
    {
        var wrong = new List<string>();
        foreach (var (file, room) in Files())
        {
            foreach (Match import in Import().Matches(File.ReadAllText(file)))
            {
                var target = import.Groups["room"].Value;
                if (!IsAllowed(room, target)) wrong.Add($"{Path.GetRelativePath(Checkout.Root, file)} is in {room} and imports {target}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_namespace_is_its_folder()
    {
        var wrong = new List<string>();
        foreach (var (file, _) in Files())
        {
            var folder = Path.GetRelativePath(Checkout.PathOf("src", "HandshakeToMermaid"), Path.GetDirectoryName(file)!);
            var expected = folder == "." ? "HandshakeToMermaid" : $"HandshakeToMermaid.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
            var declared = Namespace().Match(File.ReadAllText(file));
            if (declared.Success && declared.Groups["name"].Value != expected) wrong.Add($"{file}: {declared.Groups["name"].Value}");
        }
        Assert.Empty(wrong);
    }

    private static bool IsAllowed(string room, string target)
    {
        if (room.Length == 0 || room == "Catalogs" || Within(target, room)) return true;
        if (room.StartsWith("Protocols.", StringComparison.Ordinal))
        {
            var protocol = room.Split('.')[1];
            if (Within(target, $"Protocols.{protocol}") || target == "Protocols") return true;
            if (Within(target, "Protocols.Tls") && CarriersOfTls.Contains(protocol)) return true;
        }
        var row = Table.First(r => Within(room, r.Room));
        return Within(target, row.Room) || row.MayImport.Any(allowed => allowed == "Protocols.*" ? Within(target, "Protocols")
            : allowed == "Protocols" ? target == allowed : Within(target, allowed));
    }

    private static bool Within(string name, string room) => name == room || name.StartsWith(room + ".", StringComparison.Ordinal);

    private static IEnumerable<(string File, string Room)> Files()
    {
        var library = Checkout.PathOf("src", "HandshakeToMermaid");
        foreach (var file in Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories))
        {
            var folder = Path.GetRelativePath(library, Path.GetDirectoryName(file)!);
            var first = folder.Split(Path.DirectorySeparatorChar)[0];
            if (first is "bin" or "obj") continue;
            yield return (file, folder == "." ? "" : folder.Replace(Path.DirectorySeparatorChar, '.'));
        }
    }

    [GeneratedRegex(@"^using (?:static )?HandshakeToMermaid\.(?<room>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Import();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
