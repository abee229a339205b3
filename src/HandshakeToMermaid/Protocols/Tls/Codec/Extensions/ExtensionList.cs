using System.Collections;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>The extensions of one message, in wire order (RFC 8446 section 4.2): <c>Extension extensions&lt;0..2^16-1&gt;</c>.</summary>
internal sealed class ExtensionList : IReadOnlyList<Extension>
{
    private readonly List<Extension> extensions;

    private ExtensionList(int expected) => extensions = new(expected);

    /// <summary>No extensions.</summary>
    public static ExtensionList Empty { get; } = new(0);

    /// <inheritdoc/>
    public int Count => extensions.Count;

    /// <inheritdoc/>
    public Extension this[int index] => extensions[index];

    /// <summary>Types that came more than once, which RFC 8446 section 4.2 forbids. The first one counts.</summary>
    public IReadOnlyList<ExtensionType> Duplicates { get; private set; } = [];

    /// <summary>The first fault inside an extension; the list's own faults are its message's.</summary>
    public WireFault Fault { get; private set; }

    /// <summary>True where an extension of that type is there.</summary>
    public bool Has(ExtensionType type)
    {
        foreach (var extension in extensions)
        {
            if (extension.Type == type) return true;
        }

        return false;
    }

    /// <summary>The first extension that was decoded as <typeparamref name="T"/>; null where there is none.</summary>
    public T? Find<T>()
        where T : Extension
    {
        foreach (var extension in extensions)
        {
            if (extension is T found) return found;
        }

        return null;
    }

    /// <summary>The first extension of a type, decoded as <typeparamref name="T"/>; null where there is none.</summary>
    public T? Find<T>(ExtensionType type)
        where T : Extension
    {
        foreach (var extension in extensions)
        {
            if (extension.Type == type) return extension as T;
        }

        return null;
    }

    /// <inheritdoc/>
    public IEnumerator<Extension> GetEnumerator() => extensions.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads the vector that <paramref name="reader"/> stands at.</summary>
    internal static ExtensionList Read(ref WireReader reader, ReadOnlyMemory<byte> body, MessagePlace place, ExtensionCache? cache = null)
    {
        var list = new ExtensionList(place == MessagePlace.ClientHello ? 16 : 4);
        HashSet<ExtensionType>? seen = null;
        List<ExtensionType>? duplicates = null;
        var box = reader.Enter16("extensions");
        while (reader.HasMore)
        {
            var type = new ExtensionType(reader.U16("extension_type"));
            var data = reader.Vector16("extension_data");
            if (reader.Fault.IsFault) break;
            var bytes = reader.Keep(body, data);
            if (IsSeen(list, ref seen, type)) (duplicates ??= []).Add(type);
            var extension = cache?.Decode(type, bytes, place) ?? Extension.Decode(type, bytes, place);
            list.extensions.Add(extension);
            if (!list.Fault.IsFault) list.Fault = extension.Fault;
        }

        reader.Leave(box);
        if (duplicates is not null) list.Duplicates = duplicates;
        return list;
    }

    /// <summary>A hello has a score of extensions, in which to look is quicker than to keep a set; a hostile one may have thousands.</summary>
    private static bool IsSeen(ExtensionList list, ref HashSet<ExtensionType>? seen, ExtensionType type)
    {
        if (list.Count < Many) return list.Has(type);
        seen ??= [.. list.extensions.Select(e => e.Type)];
        return !seen.Add(type);
    }

    private const int Many = 32;
}
