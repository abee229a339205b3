// PostgreSQL 17 documentation, 53.2.10 "SSL Session Encryption" and 53.7 "Message Formats":
//   SSLRequest     = Int32(8) Int32(80877103)
//   GSSENCRequest  = Int32(8) Int32(80877104)
// answered by one byte: 'S' or 'G' willing, 'N' unwilling, or an ErrorResponse that begins with 'E'.
using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.StartTls;

/// <summary>PostgreSQL: SSLRequest.</summary>
internal sealed class PostgresPrelude() : StartTlsPrelude("postgres", "PostgreSQL")
{
    private bool isAwaited;

    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes)
    {
        if (from == Side.Server) return 1;
        if (bytes.Length < RequestLength) return 0;
        // A StartupMessage names the user: it is not read.
        return BinaryPrimitives.ReadInt32BigEndian(bytes) == RequestLength ? RequestLength : -1;
    }

    /// <inheritdoc/>
    public override PreludeWord Read(Side from, ReadOnlySpan<byte> unit)
    {
        if (from == Side.Client)
        {
            var code = BinaryPrimitives.ReadInt32BigEndian(unit[4..]);
            isAwaited = code == SslRequest;
            if (isAwaited) return new PreludeWord(PreludeTurn.Asked, "SSLRequest");
            return code == GssRequest ? new PreludeWord(PreludeTurn.Said, "GSSENCRequest") : default;
        }

        return (char)unit[0] switch
        {
            'S' when isAwaited => new PreludeWord(PreludeTurn.Accepted, "S", new StepFact(Detail.Normal, string.Empty, "willing")),
            'N' when isAwaited => new PreludeWord(PreludeTurn.Refused, "N", new StepFact(Detail.Normal, string.Empty, "unwilling")),
            'N' => new PreludeWord(PreludeTurn.Said, "N", new StepFact(Detail.Normal, string.Empty, "unwilling")),
            _ => new PreludeWord(PreludeTurn.Refused, unit[0] == 'E' ? "ErrorResponse" : "an answer that is none"),
        };
    }

    private const int RequestLength = 8;
    internal const int SslRequest = 80_877_103;
    internal const int GssRequest = 80_877_104;
}
