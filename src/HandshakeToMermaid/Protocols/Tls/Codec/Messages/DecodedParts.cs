using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>
/// One object for parts of handshakes that come again and again: a client's extensions and suites, a server's chain. What is
/// decoded never changes, so connections can share it; what is random in every handshake is not looked for. Threads may share it.
/// </summary>
public sealed class DecodedParts
{
    private readonly RepeatedBytes<Extension> extensions = new(4096, 512);
    private readonly RepeatedBytes<HandshakeMessage> messages = new(1024, 16 * 1024);
    private readonly RepeatedBytes<HandshakeMessage> bodies = new(1024, 16 * 1024);
    private readonly RepeatedBytes<CipherSuite[]> suites = new(256, 512);
    private readonly RepeatedBytes<string> texts = new(4096, 256);
    private readonly CertificateCache certificates = new();

    /// <summary>Decodes an extension.</summary>
    public Extension Extension(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        if (IsRandom(type)) return Extensions.Extension.Decode(type, data, place);
        var kind = type.Code | ((uint)place << 16);
        if (extensions.TryFind(kind, data.Span, out var known, out _)) return known;

        // A copy of its own, so that it does not keep the message of one connection.
        var own = data.ToArray();
        var extension = Extensions.Extension.Decode(type, own, place);
        extensions.Remember(kind, own, extension);
        return extension;
    }

    /// <summary>Decodes a message. One that came before lends its bytes too, so that a thousand connections keep one chain.</summary>
    internal HandshakeMessage Message(ref RawMessage raw, MessageContext context)
    {
        if (!Repeats(raw.Type)) return HandshakeMessage.Read(raw.Type, raw.Body, context);
        var kind = raw.Type.Code | ((uint)context.Version.Code << 8);
        if (messages.TryFind(kind, raw.Bytes.Span, out var known, out var bytes))
        {
            raw = raw with { Bytes = bytes, Hashed = raw.Hashed.Equals(raw.Bytes) ? bytes : raw.Hashed };
            return known;
        }

        var message = HandshakeMessage.Read(raw.Type, raw.Body, context);
        messages.Remember(kind, raw.Bytes, message);
        bodies.Remember(raw.Type.Code, raw.Bytes, message);
        return message;
    }

    /// <summary>The bytes of a message that came before, as they were remembered; empty where it did not, or is of a kind that does not come again.</summary>
    internal ReadOnlyMemory<byte> Known(HandshakeType type, ReadOnlySpan<byte> bytes) =>
        Repeats(type) && bodies.TryFind(type.Code, bytes, out _, out var same) ? same : default;

    /// <summary>The cipher suites of these bytes, two for each.</summary>
    internal CipherSuite[] Suites(ReadOnlyMemory<byte> codes)
    {
        if (suites.TryFind(0, codes.Span, out var known, out _)) return known;
        var decoded = new CipherSuite[codes.Length / 2];
        for (var i = 0; i < decoded.Length; i++) decoded[i] = new CipherSuite((codes.Span[2 * i] << 8) | codes.Span[(2 * i) + 1]);
        suites.Remember(0, codes.ToArray(), decoded);
        return decoded;
    }

    /// <summary>A name as text.</summary>
    internal string Text(ReadOnlySpan<byte> name)
    {
        if (texts.TryFind(0, name, out var known, out _)) return known;
        var text = WireText.Decode(name);
        texts.Remember(0, name.ToArray(), text);
        return text;
    }

    /// <summary>The certificate of these bytes.</summary>
    internal Certificate Certificate(ReadOnlyMemory<byte> der)
    {
        lock (certificates) return certificates.Read(der.Span);
    }

    /// <summary>Keys, tickets, cookies, the encrypted hello and its padding.</summary>
    private static bool IsRandom(ExtensionType type) => type.Code is 21 or 35 or 40 or 41 or 44 or 51 or 0xFE0D;

    /// <summary>Chains, requests for them and messages without content. Hellos, key exchanges and signatures are new each time.</summary>
    private static bool Repeats(HandshakeType type) => type.Code is 0 or 11 or 13 or 14;
}
