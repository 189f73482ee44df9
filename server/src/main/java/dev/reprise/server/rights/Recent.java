package dev.reprise.server.rights;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What was used lately, by its key.
///
/// - Shape: two generations. What is kept enters the young one; when that is full it becomes the
///   old one and the old one is forgotten. What is still in use moves back to the young one when
///   found.
/// - Limits: holds at most the number given.
final class Recent<K, V> {
  private record Generations<K, V>(Map<K, V> young, Map<K, V> old) {}

  private final int generationLimit;
  private volatile Generations<K, V> generations =
      new Generations<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

  Recent(int limit) {
    if (limit < 2) {
      throw new IllegalArgumentException("limit " + limit + " is below 2");
    }
    generationLimit = limit / 2;
  }

  Optional<V> find(K key) {
    Generations<K, V> now = generations;
    V young = now.young().get(key);
    if (young != null) {
      return Optional.of(young);
    }
    Optional<V> old = Optional.ofNullable(now.old().get(key));
    old.ifPresent(value -> rejuvenate(key, value));
    return old;
  }

  synchronized void keep(K key, V value) {
    makeRoom();
    generations.young().put(key, value);
  }

  /// Unless something newer was kept meanwhile.
  private synchronized void rejuvenate(K key, V value) {
    makeRoom();
    generations.young().putIfAbsent(key, value);
  }

  private void makeRoom() {
    if (generations.young().size() >= generationLimit) {
      generations = new Generations<>(new ConcurrentHashMap<>(), generations.young());
    }
  }

  int size() {
    Generations<K, V> now = generations;
    return now.young().size() + now.old().size();
  }
}
