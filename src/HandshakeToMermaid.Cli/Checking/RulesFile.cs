using System.Text.Json;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Options;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>Rules in a JSON file; <c>h2m schema rules</c> prints its schema. What the schema does not know is refused: a rule that is not read would pass.</summary>
internal static class RulesFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It cannot be read, or is not as the schema says.</exception>
    public static IReadOnlyList<CheckRule> Read(string path)
    {
        try
        {
            using var json = InputFile.Read($"the rules {path}", path, static file => JsonDocument.Parse(file), static sentence => new UsageException(sentence));
            return Of(json.RootElement);
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"{path} is not valid JSON: error in line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}.");
        }
        catch (RuleException wrong)
        {
            throw new UsageException($"{path}: {wrong.Message}; 'h2m schema rules' prints what is allowed.");
        }
    }

    private static List<CheckRule> Of(JsonElement root)
    {
        List<CheckRule> rules = [];
        foreach (var member in Members(root, "the file"))
        {
            if (member.Name == "rules") rules.AddRange(Items(member.Value, "rules").Select((rule, at) => RuleOf(rule, $"rules[{at}]")));
            else if (member.Name != "$schema") throw Unknown(member.Name, "the file");
        }

        return rules.Count > 0 ? rules : throw new RuleException("it has no rules");
    }

    private static CheckRule RuleOf(JsonElement json, string place)
    {
        string? name = null;
        var scope = new Selection();
        var set = new AssertionSet(Wrong);
        foreach (var member in Members(json, place))
        {
            var at = $"{place}.{member.Name}";
            switch (member.Name)
            {
                case "name": name = Text(member.Value, at); break;
                case "for": scope = ScopeOf(member.Value, at); break;
                case "min_version": set.MinVersion(Text(member.Value, at)); break;
                case "alpn": set.Alpn(Texts(member.Value, at)); break;
                case "require_mtls": if (Flag(member.Value, at)) set.RequireMtls(); break;
                case "forbid_suites": set.ForbidSuites(Texts(member.Value, at)); break;
                case "require_groups": set.RequireGroups(Texts(member.Value, at)); break;
                case "max_tls_ms": set.MaxTlsMilliseconds(member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDecimal(out var time) ? time : throw new RuleException($"{at} is not a number")); break;
                case "sni": set.Sni(Texts(member.Value, at)); break;
                case "no_findings": set.NoFindings(Text(member.Value, at)); break;
                default: throw Unknown(member.Name, place);
            }
        }

        return set.Assertions.Count > 0 ? new CheckRule(name, scope, set.Assertions) : throw new RuleException($"{place} asserts nothing");
    }

    private static Selection ScopeOf(JsonElement json, string place)
    {
        var scope = new Selection();
        foreach (var member in Members(json, place))
        {
            var at = $"{place}.{member.Name}";
            scope = member.Name switch
            {
                "sni" => scope with { ServerNames = Texts(member.Value, at) },
                "host" => scope with { Hosts = Texts(member.Value, at) },
                "port" => scope with { Ports = [.. Items(member.Value, at).Select(p => p.TryGetUInt16(out var port) ? port : throw new RuleException($"{at} holds no port"))] },
                "protocol" => scope with { Protocols = Texts(member.Value, at) },
                _ => throw Unknown(member.Name, place),
            };
        }

        return scope;
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement json, string place)
        => json.ValueKind == JsonValueKind.Object ? json.EnumerateObject() : throw new RuleException($"{place} is not an object");

    private static IEnumerable<JsonElement> Items(JsonElement json, string place)
        => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0 ? json.EnumerateArray() : throw new RuleException($"{place} is not a list with entries");

    private static IReadOnlyList<string> Texts(JsonElement json, string place) => [.. Items(json, place).Select(t => Text(t, place))];

    private static string Text(JsonElement json, string place)
        => json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 } text ? text : throw new RuleException($"{place} is not a text");

    private static bool Flag(JsonElement json, string place)
        => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : throw new RuleException($"{place} is neither true nor false");

    private static RuleException Wrong(string message) => new(message.TrimEnd('.'));

    private static RuleException Unknown(string name, string place) => new($"{place} has the unknown member '{name}'");

    /// <summary>A clause about what is wrong with the file.</summary>
    private sealed class RuleException(string message) : Exception(message);
}
