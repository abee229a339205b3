using System.Reflection;
using System.Runtime.CompilerServices;

namespace HandshakeToMermaid.Tests;

/// <summary>The public types and members of an assembly as text: what a program can be compiled against.</summary>
internal static class ApiText
{
    public static string Of(IEnumerable<Type> types) =>
        string.Join('\n', types.OrderBy(t => t.FullName, StringComparer.Ordinal).Select(Of));

    /// <summary>The types in the signatures of a type's public members, and what it derives from.</summary>
    public static IEnumerable<Type> TypesNamedBy(Type type)
    {
        var methods = type.GetMembers(Declared).OfType<MethodBase>().Where(m => m.IsPublic || m.IsFamily).ToList();
        Type?[] named =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. methods.SelectMany(m => m.GetParameters()).Select(p => p.ParameterType),
            .. methods.OfType<MethodInfo>().Select(m => m.ReturnType),
            .. type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(f => f.FieldType),
        ];
        return named.OfType<Type>().SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }

    private static string Of(Type type)
    {
        var members = type.IsEnum
            ? Enum.GetValues(type).Cast<object>().Select(v => $"{v} = {Convert.ToInt64(v, null)}")
            : Members(type).Order(StringComparer.Ordinal);
        return $"{Declaration(type)}\n{string.Concat(members.Select(m => $"    {m}\n"))}";
    }

    private static string Declaration(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => $"{(type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "")}{(type.GetMethod("<Clone>$") is null ? "class" : "record")}",
        };
        var parent = type.BaseType is { } known && known != typeof(object) && known != typeof(ValueType) && known != typeof(Enum) ? $" : {NameOf(known)}" : "";
        return $"{kind} {type.FullName}{parent}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        foreach (var constructor in type.GetConstructors(Declared))
        {
            if (IsVisible(constructor)) yield return $"{type.Name}({Parameters(constructor)})";
        }

        foreach (var field in type.GetFields(Declared))
        {
            if (field.IsPublic || field.IsFamily) yield return $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{NameOf(field.FieldType, Context.Create(field))} {field.Name}";
        }

        foreach (var property in type.GetProperties(Declared))
        {
            if (property.GetMethod is { } getter && IsVisible(getter)) yield return $"{(getter.IsStatic ? "static " : "")}{NameOf(property.PropertyType, Context.Create(property))} {property.Name} {{ get;{Setter(property)} }}";
        }

        foreach (var method in type.GetMethods(Declared))
        {
            if (IsVisible(method) && !method.IsSpecialName) yield return $"{(method.IsStatic ? "static " : "")}{NameOf(method.ReturnType, Context.Create(method.ReturnParameter))} {method.Name}({Parameters(method)})";
        }
    }

    private static string Setter(PropertyInfo property)
    {
        if (property.SetMethod is not { } setter || !IsVisible(setter)) return "";
        return setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{NameOf(p.ParameterType, Context.Create(p))} {p.Name}{(p.HasDefaultValue ? $" = {(p.DefaultValue is { } value ? value : p.ParameterType.IsValueType ? "default" : "null")}" : "")}"));

    /// <summary>What the compiler adds to a record is not written down: the word "record" says it.</summary>
    private static bool IsVisible(MethodBase method) => (method.IsPublic || method.IsFamily) && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || method is { IsSpecialName: true, IsConstructor: false, IsPublic: true };

    private static string NameOf(Type type, NullabilityInfo? nullability = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return $"{NameOf(value)}?";
        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray) return $"{NameOf(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        if (!type.IsGenericType) return (Keywords.GetValueOrDefault(type) ?? (type.Namespace == "HandshakeToMermaid" ? type.Name : type.FullName!)) + mark;
        var arguments = type.GetGenericArguments().Select((a, i) => NameOf(a, nullability?.GenericTypeArguments.ElementAtOrDefault(i)));
        return $"{type.Namespace}.{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments)}>{mark}";
    }

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Context = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };
}
