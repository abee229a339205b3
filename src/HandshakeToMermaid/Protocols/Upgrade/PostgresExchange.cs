// PostgreSQL 17 documentation, 53.2.10 "SSL Session Encryption", 53.7 "Message Formats" and 53.8 "Error and Notice Message Fields":
//   SSLRequest     = Int32(8) Int32(80877103)
//   GSSENCRequest  = Int32(8) Int32(80877104)
// answered by one byte: 'S' or 'G' willing, 'N' unwilling, or an ErrorResponse that begins with 'E'.
//   StartupMessage = Int32 length, Int32 version (3 in the upper half), pairs of strings; messages that answer it: Byte1 type, Int32 length.
//   ErrorResponse  = 'E', Int32 length, fields of Byte1 type and string: 'V' severity, 'C' SQLSTATE, 'M' message.
using System.Buffers.Binary;
using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>PostgreSQL: SSLRequest, or a session that begins without one.</summary>
internal sealed class PostgresExchange() : StartTlsExchange("postgres", "PostgreSQL")
{
    private bool isAwaited;
    private bool hasStarted;
    private bool isAnswered;

    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes)
    {
        if (from == Side.Server) return MeasureAnswer(bytes);
        if (bytes.Length < RequestLength) return 0;

        // What follows a StartupMessage may be a password: it is not read.
        if (hasStarted) return -1;
        return IsStartup(bytes, out var length) || length == RequestLength ? length : -1;
    }

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit)
    {
        if (from == Side.Client)
        {
            var code = BinaryPrimitives.ReadInt32BigEndian(unit[4..]);
            isAwaited = code == SslRequest;
            if (isAwaited) return new UpgradeMessage(UpgradeTransition.Asked, "SSLRequest");
            if (code == GssRequest) return new UpgradeMessage(UpgradeTransition.Said, "GSSENCRequest");
            hasStarted = code != 0 && unit.Length > RequestLength;

            // It names the user and the database: neither is reported.
            return hasStarted ? new UpgradeMessage(UpgradeTransition.Unasked, "StartupMessage", new StepFact(Detail.Brief, string.Empty, "no SSLRequest before it")) : default;
        }

        if (hasStarted)
        {
            isAnswered = true;
            return ReadFirstAnswer(unit);
        }

        return (char)unit[0] switch
        {
            'S' when isAwaited => new UpgradeMessage(UpgradeTransition.Accepted, "S", new StepFact(Detail.Normal, string.Empty, "willing")),
            'N' when isAwaited => new UpgradeMessage(UpgradeTransition.Refused, "N", new StepFact(Detail.Normal, string.Empty, "unwilling")),
            'N' => new UpgradeMessage(UpgradeTransition.Said, "N", new StepFact(Detail.Normal, string.Empty, "unwilling")),
            'E' => new UpgradeMessage(UpgradeTransition.Refused, "ErrorResponse", Error(unit)),
            _ => new UpgradeMessage(UpgradeTransition.Refused, "not a PostgreSQL reply"),
        };
    }

    /// <summary>True for a StartupMessage of protocol 3; <paramref name="length"/> is what the first four bytes say.</summary>
    internal static bool IsStartup(ReadOnlySpan<byte> start, out int length)
    {
        length = BinaryPrimitives.ReadInt32BigEndian(start);
        return length is > RequestLength and <= LongestStartup && BinaryPrimitives.ReadUInt16BigEndian(start[4..]) == 3;
    }

    private int MeasureAnswer(ReadOnlySpan<byte> bytes)
    {
        if (isAnswered) return -1;
        if (!hasStarted && bytes[0] != 'E') return 1;
        if (bytes.Length < MessageHeader) return 0;
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
        if (length is >= 4 and <= LongestAnswer) return 1 + length;
        return hasStarted ? -1 : 1;
    }

    private static UpgradeMessage ReadFirstAnswer(ReadOnlySpan<byte> unit)
    {
        switch ((char)unit[0])
        {
            case 'E':
                return new UpgradeMessage(UpgradeTransition.Said, "ErrorResponse", Error(unit));
            case 'R' when unit.Length >= MessageHeader + 4:
                var asked = BinaryPrimitives.ReadInt32BigEndian(unit[MessageHeader..]);
                return new UpgradeMessage(UpgradeTransition.Said, "Authentication", new StepFact(Detail.Normal, string.Empty, asked switch { 0 => "ok", 3 => "cleartext password requested", 5 => "MD5 requested", 10 => "SASL requested", _ => $"request {asked}" }));
            default:
                return new UpgradeMessage(UpgradeTransition.Said, "Response");
        }
    }

    /// <summary>Severity, SQLSTATE, and a known ending of the message without the names in it.</summary>
    private static StepFact[] Error(ReadOnlySpan<byte> unit)
    {
        string severity = "", state = "", detail = "";
        var fields = unit.Length > MessageHeader ? unit[MessageHeader..] : default;
        while (!fields.IsEmpty && fields[0] != 0)
        {
            var end = fields.IndexOf((byte)0);
            if (end < 0) break;
            var text = fields[1..end];
            switch ((char)fields[0])
            {
                case 'V' or 'S' when severity.Length == 0 || fields[0] == 'V':
                    severity = Token(text);
                    break;
                case 'C':
                    state = Token(text);
                    break;
                case 'M':
                    detail = text.EndsWith("no encryption"u8) ? "no encryption" : text.EndsWith("SSL off"u8) ? "SSL off" : "";
                    break;
            }

            fields = fields[(end + 1)..];
        }

        var code = $"{severity} {state}".Trim();
        return [new StepFact(Detail.Brief, string.Empty, code), new StepFact(Detail.Brief, string.Empty, detail), new StepFact(Detail.Normal, string.Empty, Condition(state))];
    }

    /// <summary>The condition names of PostgreSQL's documentation, appendix A, that a connection can end by.</summary>
    private static string Condition(string state) => state switch
    {
        "08P01" => "protocol_violation",
        "28000" => "invalid_authorization_specification",
        "28P01" => "invalid_password",
        "3D000" => "invalid_catalog_name",
        "53300" => "too_many_connections",
        "57P03" => "cannot_connect_now",
        _ => "",
    };

    private static string Token(ReadOnlySpan<byte> text) => text.Length <= LongestToken && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Encoding.ASCII.GetString(text) : "";

    private const int RequestLength = 8;
    private const int MessageHeader = 5;
    private const int LongestStartup = 10_000;
    private const int LongestAnswer = 4000;
    private const int LongestToken = 12;
    internal const int SslRequest = 80_877_103;
    internal const int GssRequest = 80_877_104;
}
