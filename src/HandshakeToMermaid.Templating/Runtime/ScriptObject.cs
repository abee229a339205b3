using System.Collections;
using System.Text.Json;

namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>An object of named values, in the order in which they were set: a model, or what <c>{name: value}</c> makes.</summary>
internal sealed class ScriptObject : IMutableObject, IEnumerable<KeyValuePair<string, object?>>
{
    private readonly Dictionary<string, object?> members = [];

    /// <summary>The value of a member, null when there is none; setting makes the member.</summary>
    public object? this[string name]
    {
        get => members.GetValueOrDefault(name);
        set => members[name] = value;
    }

    /// <inheritdoc/>
    public IEnumerable<string> MemberNames => members.Keys;

    /// <summary>Sets a member, so that an initializer can be written.</summary>
    public void Add(string name, object? value) => members[name] = value;

    /// <inheritdoc/>
    public bool TryGetMember(string name, out object? value) => members.TryGetValue(name, out value);

    /// <inheritdoc/>
    void IMutableObject.SetMember(string name, object? value) => members[name] = value;

    /// <summary>Reads a JSON object: objects, arrays, strings, bools and null as they are, numbers as long or double.</summary>
    /// <exception cref="ArgumentException">The element is not an object.</exception>
    public static ScriptObject FromJson(JsonElement element) =>
        FromJsonValue(element) as ScriptObject ?? throw new ArgumentException($"a model is a JSON object, not {element.ValueKind}", nameof(element));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static object? FromJsonValue(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var result = new ScriptObject();
                foreach (var member in element.EnumerateObject()) result[member.Name] = FromJsonValue(member.Value);
                return result;
            case JsonValueKind.Array:
                var array = new ScriptArray(element.GetArrayLength());
                foreach (var item in element.EnumerateArray()) array.Add(FromJsonValue(item));
                return array;
            case JsonValueKind.String: return element.GetString();
            case JsonValueKind.Number: return element.TryGetInt64(out var integer) ? integer : element.GetDouble();
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            default: return null;
        }
    }
}
