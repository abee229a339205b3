using System.Text.Json;
using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Tests.Checking;

/// <summary>
/// Holds JSON against the part of JSON Schema (draft 2020-12) that our schemas use. Validators on NuGet were not an option: JsonSchema.Net 9 needs a package that
/// the feed does not have and asks for a maintenance fee. A keyword that is not known here fails the test.
/// </summary>
internal sealed class JsonSchemaCheck
{
    private readonly JsonElement root;
    private readonly List<string> faults = [];

    private JsonSchemaCheck(JsonElement root) => this.root = root;

    /// <summary>What in an instance contradicts the schema, a line each; empty where nothing does.</summary>
    public static IReadOnlyList<string> Faults(string schema, string instance)
    {
        using var parsed = JsonDocument.Parse(schema);
        using var checkedOne = JsonDocument.Parse(instance);
        var check = new JsonSchemaCheck(parsed.RootElement);
        check.Check(parsed.RootElement, checkedOne.RootElement, "$");
        return check.faults;
    }

    private void Check(JsonElement schema, JsonElement value, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            var holds = Holds(keyword.Name, keyword.Value, schema, value, path);
            if (!holds) faults.Add($"{path}: {keyword.Name} {keyword.Value.GetRawText()} does not hold for {value.GetRawText()}");
        }
    }

    private bool Holds(string keyword, JsonElement argument, JsonElement schema, JsonElement value, string path)
    {
        switch (keyword)
        {
            case "$schema" or "$id" or "$defs" or "title" or "description": return true;
            case "$ref": Check(Referenced(argument.GetString()!), value, path); return true;
            case "type": return argument.ValueKind == JsonValueKind.String ? IsOf(argument.GetString()!, value) : argument.EnumerateArray().Any(t => IsOf(t.GetString()!, value));
            case "const": return JsonElement.DeepEquals(argument, value);
            case "enum": return argument.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value));
            case "anyOf": return argument.EnumerateArray().Any(one => Accepts(one, value, path));
            case "pattern": return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, argument.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(10));
            case "minLength": return value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= argument.GetInt32();
            case "minItems": return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= argument.GetInt32();
            case "minimum": return value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= argument.GetDecimal();
            case "exclusiveMinimum": return value.ValueKind != JsonValueKind.Number || value.GetDecimal() > argument.GetDecimal();
            case "maximum": return value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= argument.GetDecimal();
            case "required": return value.ValueKind != JsonValueKind.Object || argument.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));
            case "items": return CheckItems(argument, value, path);
            case "properties": return CheckMembers(argument, value, path);
            case "additionalProperties":
                Assert.Equal(JsonValueKind.False, argument.ValueKind);
                return value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(m => schema.GetProperty("properties").TryGetProperty(m.Name, out _));
            default: throw new NotSupportedException($"{path}: the keyword {keyword} is not checked");
        }
    }

    private bool CheckItems(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array) return true;
        var at = 0;
        foreach (var item in value.EnumerateArray()) Check(schema, item, $"{path}[{at++}]");
        return true;
    }

    private bool CheckMembers(JsonElement schemas, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object) return true;
        foreach (var member in value.EnumerateObject())
        {
            if (schemas.TryGetProperty(member.Name, out var schema)) Check(schema, member.Value, $"{path}.{member.Name}");
        }

        return true;
    }

    private bool Accepts(JsonElement schema, JsonElement value, string path)
    {
        var before = faults.Count;
        Check(schema, value, path);
        var accepts = faults.Count == before;
        faults.RemoveRange(before, faults.Count - before);
        return accepts;
    }

    private JsonElement Referenced(string reference)
    {
        Assert.StartsWith("#/$defs/", reference, StringComparison.Ordinal);
        return root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && decimal.IsInteger(value.GetDecimal()),
        _ => throw new NotSupportedException(type),
    };
}
