using System.Collections;
using System.Reflection;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Identity;

/// <summary>Makes another value of a property, whatever its type, so that a test covers properties that are added later.</summary>
internal static class Changed
{
    /// <summary>The properties of a record that can be set; its equality contract and what is computed cannot.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    /// <summary>A copy of a record in which one property has another value.</summary>
    public static T With<T>(T record, PropertyInfo property)
        where T : class
    {
        var copy = (T)typeof(T).GetMethod("<Clone>$")!.Invoke(record, null)!;
        property.SetValue(copy, Other(property.PropertyType, property.GetValue(record), property.Name));
        return copy;
    }

    private static object Other(Type type, object? value, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return value + "x";
        if (type == typeof(int))
            return (int)(value ?? 0) + 1;
        if (type == typeof(float))
            return (float)(value ?? 0f) + 0.25f;
        if (type == typeof(bool))
            return !(bool)(value ?? false);
        if (type == typeof(TimeSpan))
            return ((TimeSpan?)value ?? TimeSpan.Zero) + TimeSpan.FromTicks(1);
        if (type == typeof(IAnswerKind))
            return AnswerKinds.Find(AnswerKinds.Names.First(kind => kind != ((IAnswerKind)value!).Name));
        if (type == typeof(ReasonerSpec))
            return ReasonerSpec.Parse(value + "/other");
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return SortedFacts.Of([.. (IReadOnlyDictionary<string, string>)value!, new("further", "fact")]);
        if (type == typeof(IReadOnlyDictionary<string, int>))
            return new Dictionary<string, int>((IReadOnlyDictionary<string, int>)value!) { ["further"] = 0 };
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IProgress<>))
            return Activator.CreateInstance(typeof(Progress<>).MakeGenericType(type.GetGenericArguments()))!;
        if (type.IsAssignableTo(typeof(IEnumerable)) && type.IsGenericType)
            return List(type.GetGenericArguments()[0], ((IEnumerable)value!).Cast<object>(), name);
        if (value is not null && type.GetMethod("<Clone>$") is not null)
            return Nested(value);
        throw new InvalidOperationException($"Property '{name}' is a {type}: say here how such a value is changed.");
    }

    private static Array List(Type item, IEnumerable<object> items, string name)
    {
        var all = items.ToList();
        if (all.Count == 0)
            throw new InvalidOperationException($"Property '{name}' is an empty list: give the record an item to change.");
        var changed = Array.CreateInstance(item, all.Count);
        for (var i = 0; i < all.Count; i++)
            changed.SetValue(i == 0 ? Nested(all[0]) : all[i], i);
        return changed;
    }

    private static object Nested(object record)
    {
        var copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
        var property = Properties(record.GetType()).First();
        property.SetValue(copy, Other(property.PropertyType, property.GetValue(record), property.Name));
        return copy;
    }
}
