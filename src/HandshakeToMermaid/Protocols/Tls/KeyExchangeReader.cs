using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls;

/// <summary>
/// Reads the key exchange of a TLS stream as it comes, where private keys of servers are known: a session may be resumed, and that connection
/// be read, while the one that began it is still open. Nothing behind both ChangeCipherSpecs is read.
/// </summary>
/// <param name="setting">The private keys, and the secrets that receive what they give.</param>
internal sealed class KeyExchangeReader(TlsSetting setting) : IStreamReader
{
    private TlsStreamSession? session = new(setting);
    private readonly bool[] hasBegun = new bool[2];
    private int read;

    /// <inheritdoc/>
    public int HeldBytes => session is null ? 0 : Math.Min(read, setting.Limits.HandshakeMessageBytes);

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => session is null;

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (session is null) return;
        if (!hasBegun[(int)from] && !bytes.IsEmpty && bytes[0] is not (Handshake or 0x80))
        {
            session = null;
            return;
        }

        hasBegun[(int)from] = true;
        session.Bytes(from, bytes, mark);
        read += bytes.Length;
        if (session.HasChangedCiphers || session.Session.IsTls13 || read > MostBytes) session = null;
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap) => session = null;

    private const byte Handshake = 22;

    /// <summary>More than the cleartext of any handshake with its certificates.</summary>
    private const int MostBytes = 256 * 1024;
}
