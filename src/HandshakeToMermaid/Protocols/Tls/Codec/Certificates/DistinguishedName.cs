using System.Text;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

// RFC 5280 section 4.1.2.4, shown after RFC 4514.
//   Name ::= SEQUENCE OF RelativeDistinguishedName (SET OF AttributeTypeAndValue { type OBJECT IDENTIFIER, value ANY })
// The wire goes from the country down to the common name; RFC 4514 shows the most specific part first, and so do people.
// Where a certificate was written the other way round, or puts an e-mail address behind the name, the common name is
// still shown first.

/// <summary>A name of the directory as text: "CN=www.example.com, O=Example, C=DE".</summary>
internal static class DistinguishedName
{
    /// <summary>The whole name. Special characters are escaped as in RFC 4514 section 2.4, control characters by their bytes.</summary>
    public static string Text(ReadOnlySpan<byte> der)
    {
        var parts = Parts(der);
        if (parts.Count == 0) return "";
        if (!(parts[0].IsCommonName && !parts[^1].IsCommonName)) parts.Reverse();
        var text = new StringBuilder();
        foreach (var part in parts) if (part.IsCommonName) Append(text, part.Text);
        foreach (var part in parts) if (!part.IsCommonName) Append(text, part.Text);
        return text.ToString();
    }

    /// <summary>The most specific common name, unescaped; null where there is none.</summary>
    public static string? CommonName(ReadOnlySpan<byte> der)
    {
        string? found = null;
        var reader = new DerReader(der);
        reader.Enter(DerTag.Sequence, "rdnSequence");
        while (reader.HasMore)
        {
            var set = reader.Enter(DerTag.Set, "relativeDistinguishedName");
            while (reader.HasMore)
            {
                var (type, tag, value) = Attribute(ref reader);
                if (!reader.Fault.IsFault && reader.Content(type).SequenceEqual(CommonNameType)) found = DerText.Directory(tag, reader.Content(value));
            }

            reader.Leave(set);
        }

        return found;
    }

    private static List<(bool IsCommonName, string Text)> Parts(ReadOnlySpan<byte> der)
    {
        List<(bool IsCommonName, string Text)> parts = [];
        var reader = new DerReader(der);
        reader.Enter(DerTag.Sequence, "rdnSequence");
        while (reader.HasMore)
        {
            var set = reader.Enter(DerTag.Set, "relativeDistinguishedName");
            List<string> commonNames = [], others = [];
            while (reader.HasMore)
            {
                var (type, tag, value) = Attribute(ref reader);
                if (reader.Fault.IsFault) break;
                var list = reader.Content(type).SequenceEqual(CommonNameType) ? commonNames : others;
                list.Add(AttributeText(reader.Content(type), tag, reader.Content(value)));
            }

            reader.Leave(set);
            if (commonNames.Count + others.Count > 0) parts.Add((commonNames.Count > 0, string.Join('+', [.. commonNames, .. others])));
        }

        return parts;
    }

    private static (DerValue Type, byte Tag, DerValue Value) Attribute(ref DerReader reader)
    {
        var box = reader.Enter(DerTag.Sequence, "attributeTypeAndValue");
        var type = reader.Take(DerTag.ObjectIdentifier, "attributeType");
        var tag = reader.NextTag;
        var value = reader.Any("attributeValue");
        reader.Leave(box);
        return (type, tag, value);
    }

    private static string AttributeText(ReadOnlySpan<byte> type, byte tag, ReadOnlySpan<byte> value)
    {
        var oid = DerText.ObjectIdentifier(type);
        var text = new StringBuilder(ObjectIdentifiers.AttributeType(oid) ?? oid).Append('=');
        Escape(text, DerText.Directory(tag, value));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string part)
    {
        if (text.Length > 0) text.Append(", ");
        text.Append(part);
    }

    private static void Escape(StringBuilder text, string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c < ' ' || c == 0x7F) text.Append('\\').Append(((int)c).ToString("X2"));
            else if (c is ',' or '+' or '"' or '\\' or '<' or '>' or ';' || (c == '#' && i == 0) || (c == ' ' && (i == 0 || i == value.Length - 1))) text.Append('\\').Append(c);
            else text.Append(c);
        }
    }

    // id-at-commonName, 2.5.4.3
    private static ReadOnlySpan<byte> CommonNameType => [0x55, 0x04, 0x03];
}
