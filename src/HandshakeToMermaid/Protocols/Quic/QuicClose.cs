using System.Globalization;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>A CONNECTION_CLOSE (RFC 9000 sections 19.19 and 20.1).</summary>
/// <param name="From">Who closed.</param>
/// <param name="Mark">The frame.</param>
/// <param name="Code">The error code.</param>
/// <param name="IsApplication">True where the code is the application's own.</param>
/// <param name="Reason">The Reason Phrase (RFC 9000 section 19.19).</param>
internal sealed record QuicClose(Direction From, FrameMark Mark, ulong Code, bool IsApplication, string Reason)
{
    /// <summary>The TLS alert that a CRYPTO_ERROR stands for (RFC 9001 section 4.8); null where it is another code.</summary>
    public AlertDescription? Alert => !IsApplication && Code is >= 0x100 and <= 0x1FF ? new AlertDescription((byte)Code) : null;

    /// <summary>True for a transport error other than NO_ERROR; application codes do not count, as each protocol defines its own.</summary>
    public bool IsError => !IsApplication && Code != 0;

    /// <summary>Its name in the registry "QUIC Transport Error Codes".</summary>
    public string Name => IsApplication ? string.Create(CultureInfo.InvariantCulture, $"application code 0x{Code:x}") : Code switch
    {
        0x00 => "NO_ERROR",
        0x01 => "INTERNAL_ERROR",
        0x02 => "CONNECTION_REFUSED",
        0x03 => "FLOW_CONTROL_ERROR",
        0x04 => "STREAM_LIMIT_ERROR",
        0x05 => "STREAM_STATE_ERROR",
        0x06 => "FINAL_SIZE_ERROR",
        0x07 => "FRAME_ENCODING_ERROR",
        0x08 => "TRANSPORT_PARAMETER_ERROR",
        0x09 => "CONNECTION_ID_LIMIT_ERROR",
        0x0A => "PROTOCOL_VIOLATION",
        0x0B => "INVALID_TOKEN",
        0x0C => "APPLICATION_ERROR",
        0x0D => "CRYPTO_BUFFER_EXCEEDED",
        0x0E => "KEY_UPDATE_ERROR",
        0x0F => "AEAD_LIMIT_REACHED",
        0x10 => "NO_VIABLE_PATH",
        0x11 => "VERSION_NEGOTIATION_ERROR",
        _ when Alert is { } alert => $"CRYPTO_ERROR {alert.Name}",
        _ => string.Create(CultureInfo.InvariantCulture, $"code 0x{Code:x}"),
    };
}
