using System.Text.Json;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>Rules in a JSON file; <c>h2m schema rules</c> prints its schema. What the schema does not know is refused: a rule that is not read would pass.</summary>
internal static class RulesFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It cannot be read, or is not as the schema says.</exception>
    public static IReadOnlyList<CheckRule> Read(string path)
        => InputFile.Read($"the rules {path}", path, file => Of(file, path), static sentence => new UsageException(sentence));

    /// <summary>Reads the content of a file.</summary>
    /// <param name="file">The content, from its start.</param>
    /// <param name="path">What the file is called in a sentence.</param>
    /// <exception cref="UsageException">It is not as the schema says, or larger than <see cref="MostBytes"/>.</exception>
    public static IReadOnlyList<CheckRule> Of(Stream file, string path)
    {
        using var content = new MemoryStream();
        var piece = new byte[16 * 1024];
        for (int read; (read = file.Read(piece)) > 0;)
        {
            content.Write(piece, 0, read);
            if (content.Length > MostBytes) throw new UsageException($"{path} is larger than {MostBytes / 1024} KiB, which no rules are.");
        }

        try
        {
            using var json = JsonDocument.Parse(content.GetBuffer().AsMemory(0, (int)content.Length));
            return Of(json.RootElement);
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"{path} is not valid JSON: error in line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}.");
        }
        catch (RuleException wrong)
        {
            throw new UsageException($"{path}: {VisibleText.Of(wrong.Message)}; 'h2m schema rules' prints what is allowed.");
        }
    }

    private static List<CheckRule> Of(JsonElement root)
    {
        List<CheckRule> rules = [];
        foreach (var (name, value) in Members(root, "the file"))
        {
            if (name == "rules") rules.AddRange(Items(value, "rules").Select((rule, at) => RuleOf(rule, $"rules[{at}]")));
            else if (name != "$schema") throw Unknown(name, "the file");
        }

        return rules.Count > 0 ? rules : throw new RuleException("it has no rules");
    }

    private static CheckRule RuleOf(JsonElement json, string place)
    {
        string? name = null;
        var scope = new Selection();
        var set = new AssertionSet(Wrong);
        foreach (var (member, value) in Members(json, place))
        {
            var at = $"{place}.{member}";
            switch (member)
            {
                case "name": name = Text(value, at); break;
                case "for": scope = ScopeOf(value, at); break;
                case "min_version": set.MinVersion(Text(value, at)); break;
                case "alpn": set.Alpn(Texts(value, at)); break;
                case "require_mtls": if (Flag(value, at)) set.RequireMtls(); break;
                case "forbid_suites": set.ForbidSuites(Texts(value, at)); break;
                case "require_groups": set.RequireGroups(Texts(value, at)); break;
                case "max_tls_ms": set.MaxTlsMilliseconds(value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var time) ? time : throw new RuleException($"{at} is not a number")); break;
                case "sni": set.Sni(Texts(value, at)); break;
                case "no_findings": set.NoFindings(Text(value, at)); break;
                default: throw Unknown(member, place);
            }
        }

        return set.Assertions.Count > 0 ? new CheckRule(name, scope, set.Assertions) : throw new RuleException($"{place} asserts nothing");
    }

    private static Selection ScopeOf(JsonElement json, string place)
    {
        var scope = new Selection();
        foreach (var (member, value) in Members(json, place))
        {
            var at = $"{place}.{member}";
            scope = member switch
            {
                "sni" => scope with { ServerNames = Texts(value, at) },
                "host" => scope with { Hosts = Texts(value, at) },
                "port" => scope with { Ports = [.. Items(value, at).Select(p => p.ValueKind == JsonValueKind.Number && p.TryGetUInt16(out var port) ? port : throw new RuleException($"{at} holds no port"))] },
                "protocol" => scope with { Protocols = Texts(value, at) },
                _ => throw Unknown(member, place),
            };
        }

        return scope;
    }

    /// <summary>A member that stands twice is refused too: of most readers of JSON the last one counts, and nobody means that.</summary>
    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new RuleException($"{place} is not an object");
        var known = new HashSet<string>();
        foreach (var member in json.EnumerateObject())
        {
            var name = NameOf(member, place);
            if (!known.Add(name)) throw new RuleException($"{place} has the member '{name}' twice");
            yield return (name, member.Value);
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement json, string place)
        => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0 ? json.EnumerateArray() : throw new RuleException($"{place} is not a list with entries");

    private static IReadOnlyList<string> Texts(JsonElement json, string place) => [.. Items(json, place).Select(t => Text(t, place))];

    private static string Text(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.String) throw new RuleException($"{place} is not a text");
        return Decoded(json, static text => text.GetString(), place) is { Length: > 0 } text ? text : throw new RuleException($"{place} is not a text");
    }

    private static string NameOf(JsonProperty member, string place) => Decoded(member, static property => property.Name, $"the name of a member of {place}")!;

    /// <summary>JSON can escape a surrogate without its partner (RFC 8259 section 8.2), which is no text.</summary>
    private static string? Decoded<T>(T json, Func<T, string?> read, string place)
    {
        try
        {
            return read(json);
        }
        catch (InvalidOperationException)
        {
            throw new RuleException($"{place} is not Unicode");
        }
    }

    private static bool Flag(JsonElement json, string place)
        => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : throw new RuleException($"{place} is neither true nor false");

    private static RuleException Wrong(string message) => new(message.TrimEnd('.'));

    private static RuleException Unknown(string name, string place) => new($"{place} has the unknown member '{name}'");

    /// <summary>A clause about what is wrong with the file.</summary>
    private sealed class RuleException(string message) : Exception(message);

    /// <summary>The largest file: thousands of rules fit. A pipe without an end would be read into memory otherwise.</summary>
    private const int MostBytes = 1024 * 1024;
}
