using System.Diagnostics;
using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// A secret value. It has no text form that shows it: neither <see cref="ToString"/> nor a debugger does, so that none
/// reaches an output, a log or an error message by accident.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class Secret : IEquatable<Secret>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] value;

    /// <summary>Keeps a copy of a value.</summary>
    public Secret(ReadOnlySpan<byte> value) => this.value = value.ToArray();

    /// <summary>Its length in bytes.</summary>
    public int Length => value.Length;

    /// <summary>Its bytes.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlySpan<byte> Span => value;

    /// <summary>True where both hold the same bytes.</summary>
    public bool Equals(Secret? other) => other is not null && CryptographicOperations.FixedTimeEquals(value, other.value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <summary>The length alone: a hash of the value would leak information about it.</summary>
    public override int GetHashCode() => value.Length;

    /// <summary>Its length, never its value.</summary>
    public override string ToString() => $"secret of {value.Length} bytes";
}
