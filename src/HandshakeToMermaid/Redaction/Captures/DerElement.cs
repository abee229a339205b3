namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>One element of DER in place.</summary>
/// <param name="Tag">Its identifier octet.</param>
/// <param name="Content">Where its content begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct DerElement(byte Tag, int Content, int End)
{
    /// <summary>True where it holds other elements.</summary>
    public bool IsConstructed => (Tag & 0x20) != 0;

    /// <summary>The elements one behind the other in a part of the bytes, up to the first that is none.</summary>
    public static List<DerElement> In(ReadOnlySpan<byte> bytes, int start, int end)
    {
        var found = new List<DerElement>();
        while (start + 2 <= end)
        {
            var (length, content) = ((int)bytes[start + 1], start + 2);
            if (length > 0x80)
            {
                var octets = length & 0x7F;
                if (octets > 3 || content + octets > end) return found;
                length = 0;
                for (var i = 0; i < octets; i++) length = (length << 8) | bytes[content++];
            }
            else if (length == 0x80)
            {
                return found;
            }

            if (content + length > end) return found;
            found.Add(new DerElement(bytes[start], content, content + length));
            start = content + length;
        }

        return found;
    }

    /// <summary>The elements inside this one.</summary>
    public List<DerElement> Inside(ReadOnlySpan<byte> bytes) => In(bytes, Content, End);

    /// <summary>Its content.</summary>
    public Span<byte> Of(Span<byte> bytes) => bytes[Content..End];
}
