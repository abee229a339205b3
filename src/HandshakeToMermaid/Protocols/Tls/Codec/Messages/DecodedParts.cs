using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>
/// One object for parts of handshakes that come again and again: a client's extensions and suites, a server's chain. What is
/// decoded never changes, so connections can share it; what is random in every handshake is not looked for. Threads may share it.
/// </summary>
internal sealed class DecodedParts
{
    private readonly RepeatedBytes<HandshakeMessage> messages = new(1024, 16 * 1024);
    private readonly RepeatedBytes<HandshakeMessage> bodies = new(1024, 16 * 1024);
    private readonly RepeatedBytes<CipherSuite[]> suites = new(256, 512);
    private readonly RepeatedBytes<string> texts = new(4096, 256);
    private readonly CertificateCache certificates = new();

    /// <summary>Begins with nothing decoded.</summary>
    public DecodedParts() => Known = FindBytes;

    /// <summary>The bytes of a message that came before, as they were remembered; empty where it did not, or is of a kind that does not come again.</summary>
    internal Func<HandshakeType, ReadOnlySpan<byte>, ReadOnlyMemory<byte>> Known { get; }

    /// <summary>The extensions that came before.</summary>
    internal ExtensionCache Extensions { get; } = new();

    /// <summary>Decodes a message. The bytes of an equal earlier message are reused, so that a thousand connections share one chain.</summary>
    /// <param name="type">Its number.</param>
    /// <param name="bytes">All its bytes, with type and length; on return those that are stored.</param>
    /// <param name="context">What was agreed before.</param>
    internal HandshakeMessage Message(HandshakeType type, ref ReadOnlyMemory<byte> bytes, MessageContext context)
    {
        if (!Repeats(type)) return HandshakeMessage.Read(type, bytes[HeaderLength..], context);
        var kind = type.Code | ((uint)context.Version.Code << 8);
        if (messages.TryFind(kind, bytes.Span, out var known, out var same))
        {
            bytes = same;
            return known;
        }

        var message = HandshakeMessage.Read(type, bytes[HeaderLength..], context);
        messages.Remember(kind, bytes, message);
        bodies.Remember(type.Code, bytes, message);
        return message;
    }

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

    private ReadOnlyMemory<byte> FindBytes(HandshakeType type, ReadOnlySpan<byte> bytes) =>
        Repeats(type) && bodies.TryFind(type.Code, bytes, out _, out var same) ? same : default;

    /// <summary>Chains, requests for them, their OCSP responses and messages without content. Hellos, key exchanges and signatures are new each time.</summary>
    internal static bool Repeats(HandshakeType type) => type.Code is 0 or 11 or 13 or 14 or 22;

    /// <summary>Bytes of a message's type and length (RFC 8446 section 4).</summary>
    private const int HeaderLength = 4;
}
